import { containersOf, podTemplates } from '../reading/pod-template.ts';
import { aboutRelease, valuesNamed } from '../reading/release-values.ts';
import type { Rule } from '../rule.ts';

/** Why the image may be another one tomorrow, or `undefined` where it is pinned. */
function looseness(image: string): string | undefined {
  if (image.includes('@')) return undefined;
  const name = image.slice(image.lastIndexOf('/') + 1);
  const tag = name.includes(':') ? name.slice(name.indexOf(':') + 1) : undefined;
  if (tag === undefined || tag === '') return 'has no tag, which means "latest"';
  return tag === 'latest' ? 'has the tag "latest"' : undefined;
}

export const imageTag: Rule = {
  id: 'OBJ023',
  title: 'Images are pinned to a version or a digest',
  severity: 'warning',
  protectsFrom: 'pods of one workload that run different software, and a way back that does not lead back',
  because:
    'Without a tag, or with `latest`, a node pulls at every start whatever the registry has then: two replicas may differ, and what was reviewed is not what runs.',
  source: 'Kubernetes documentation, "Images: Image names"',
  example: {
    of: 'environment',
    breaks: 'tenancy: { backend: { kind: hnc, image: "registry.example.org/mirror/hnc-manager" } }',
    mended: 'tenancy: { backend: { kind: hnc, image: "registry.example.org/mirror/hnc-manager:v1.1.0" } }',
  },
  check: (bundle) => [
    ...podTemplates(bundle).flatMap((template) =>
      containersOf(template).flatMap(({ image = '' }) => {
        const problem = looseness(image);
        if (problem === undefined) return [];
        const message = `image "${image}" ${problem}.`;
        return [
          { at: template.origin, subject: template.subject, message, hint: 'Name a version, or better a digest.' },
        ];
      }),
    ),
    ...bundle.releases.flatMap((release) =>
      valuesNamed(release, ['tag']).flatMap(({ path, value }) =>
        value === 'latest'
          ? [aboutRelease(release, `${path} is "latest".`, 'Name a version, or better a digest.')]
          : [],
      ),
    ),
  ],
};
