import type { Path, PlacedProblem } from '../../core/path.ts';
import type { Environment } from '../environment.ts';
import { platformNamespaces, RESERVED_NAMESPACES } from '../namespaces.ts';
import { tenantTree } from '../tenant-tree.ts';

interface Named {
  readonly name: string;
  readonly at: Path;
}

/** REF001: a name that stands twice in a list where it must stand once. */
function duplicates(what: string, items: readonly Named[]): readonly PlacedProblem[] {
  const first = new Map<string, Named>();
  return items.flatMap((item) => {
    if (!first.has(item.name)) {
      first.set(item.name, item);
      return [];
    }
    const at = [...item.at, 'name'];
    return [{ code: 'REF001', at, message: `"${item.name}" is the name of another ${what} too.`, hint: 'Rename one.' }];
  });
}

function placed(list: readonly { readonly name: string }[], ...key: Path): readonly Named[] {
  return list.map(({ name }, index) => ({ name, at: [...key, index] }));
}

/** REF012: a tenant whose namespace belongs to Kubernetes or to the platform. */
function takenNamespaces(environment: Environment): readonly PlacedProblem[] {
  const taken = new Set([...RESERVED_NAMESPACES, ...platformNamespaces(environment).map(({ name }) => name)]);
  return tenantTree(environment)
    .filter(({ name }) => taken.has(name) || name.startsWith('kube-'))
    .map(({ name, at }) => ({
      code: 'REF012',
      at: [...at, 'name'],
      message: `"${name}" is a namespace of Kubernetes or of the platform.`,
      hint: 'Choose another name for the tenant.',
    }));
}

/** REF001 for the namespaces of the platform: two of them under one name would share one policy. */
function platformNames(environment: Environment): readonly PlacedProblem[] {
  const { workbench, monitoring, policies } = environment;
  const chosen: readonly Named[] = [
    { name: monitoring.namespace, at: ['monitoring', 'namespace'] },
    { name: policies.exceptionsNamespace, at: ['policies', 'exceptionsNamespace'] },
    { name: workbench.namespace, at: ['workbench', 'namespace'] },
    { name: workbench.sessionNamespace, at: ['workbench', 'sessionNamespace'] },
  ];
  return chosen.flatMap(({ name, at }) => {
    const uses = platformNamespaces(environment).filter((namespace) => namespace.name === name).length;
    const reserved = RESERVED_NAMESPACES.includes(name);
    if (uses < 2 && !reserved) return [];
    const message = `"${name}" is the name of another namespace of ${reserved ? 'Kubernetes' : 'the platform'} too.`;
    return [{ code: 'REF001', at, message, hint: 'Rename one.' }];
  });
}

/** Names that must be unique (REF001) and namespaces that are taken (REF012). */
export function nameProblems(environment: Environment): readonly PlacedProblem[] {
  const { policies } = environment;
  return [
    ...duplicates('node pool', placed(environment.nodePools, 'nodePools')),
    ...duplicates('session image', placed(environment.images, 'images')),
    ...duplicates('group', placed(environment.groups, 'groups')),
    ...duplicates('session profile', placed(environment.sessionProfiles, 'sessionProfiles')),
    ...duplicates('priority class', placed(environment.priorities, 'priorities')),
    ...duplicates('reservation', placed(environment.reservations, 'reservations')),
    ...duplicates('storage class', placed(environment.storage.classes, 'storage', 'classes')),
    ...duplicates('policy exception', placed(policies.exceptions, 'policies', 'exceptions')),
    ...duplicates('tenant', tenantTree(environment)),
    ...takenNamespaces(environment),
    ...platformNames(environment),
  ];
}
