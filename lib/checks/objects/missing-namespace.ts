import { didYouMean } from '../../core/suggest.ts';
import { RESERVED_NAMESPACES } from '../../model/namespaces.ts';
import { aboutObject, inventoryOf } from '../reading/inventory.ts';
import { aboutRelease } from '../reading/release-values.ts';
import type { Finding, Rule } from '../rule.ts';

interface HierarchySpec {
  readonly parent?: string;
}

export const missingNamespace: Rule = {
  id: 'OBJ015',
  title: 'Every namespace that objects, releases and tenants name is made by the platform',
  severity: 'error',
  protectsFrom: 'an installation that stops half way: "namespaces not found"',
  because:
    'An object is refused where its namespace does not exist. HNC accepts a parent that does not exist and then stops looking after the child, quotas included (condition "ActivitiesHalted").',
  source: 'Kubernetes 1.36, admission plugin NamespaceLifecycle; HNC 1.1.0, docs/user-guide/concepts.md',
  example: {
    of: 'objects',
    breaks: `apiVersion: hnc.x-k8s.io/v1alpha2
kind: HierarchyConfiguration
metadata: { name: hierarchy, namespace: vision }
spec: { parent: reserch }`,
    mended: `apiVersion: hnc.x-k8s.io/v1alpha2
kind: HierarchyConfiguration
metadata: { name: hierarchy, namespace: vision }
spec: { parent: research }`,
  },
  check: (bundle) => {
    const inventory = inventoryOf(bundle);
    const known = [
      ...inventory.ofKind('Namespace').map(({ manifest }) => manifest.metadata.name),
      ...RESERVED_NAMESPACES,
    ];
    const exists = new Set(known);
    const ofObjects = bundle.objects.flatMap((object): readonly Finding[] => {
      const { kind, metadata } = object.manifest;
      const parent = kind === 'HierarchyConfiguration' ? (object.manifest.spec as HierarchySpec).parent : undefined;
      return [metadata.namespace, parent].flatMap((name) => {
        if (name === undefined || exists.has(name)) return [];
        const message = `names namespace "${name}", which nothing makes.`;
        return [aboutObject(object, message, didYouMean(name, known))];
      });
    });
    const ofReleases = bundle.releases.flatMap((release) =>
      exists.has(release.namespace)
        ? []
        : [
            aboutRelease(
              release,
              `is installed into namespace "${release.namespace}", which nothing makes.`,
              didYouMean(release.namespace, known),
            ),
          ],
    );
    return [...ofObjects, ...ofReleases];
  },
};
