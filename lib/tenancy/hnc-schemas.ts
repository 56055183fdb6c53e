import type { JsonObject } from '../core/json.ts';

/** What one kind of HNC's looks like: its scope, the fields of spec and status, columns of `kubectl get`. */
export interface HncKind {
  readonly kind: string;
  readonly plural: string;
  readonly shortNames?: readonly string[];
  readonly scope: 'Namespaced' | 'Cluster';
  readonly description: string;
  /** The one name an object of the kind may have. */
  readonly singleton?: string;
  readonly spec: JsonObject;
  readonly status: JsonObject;
  readonly columns?: readonly { readonly name: string; readonly type: string; readonly jsonPath: string }[];
}

const string = (description: string): JsonObject => ({ type: 'string', description });
const list = (items: JsonObject, description: string): JsonObject => ({ type: 'array', description, items });
const object = (properties: JsonObject, description: string, required?: readonly string[]): JsonObject => ({
  type: 'object',
  description,
  properties,
  ...(required ? { required } : {}),
});

/** Kubernetes quantities by resource name. */
const amounts = (description: string): JsonObject => ({
  type: 'object',
  description,
  additionalProperties: {
    anyOf: [{ type: 'integer' }, { type: 'string' }],
    pattern:
      '^(\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))(([KMGTPE]i)|[numkMGTPE]|([eE](\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))))?$',
    'x-kubernetes-int-or-string': true,
  },
});

const pairs = (what: string): JsonObject =>
  list(
    object({ key: string(`Key of the ${what}.`), value: string(`Value of the ${what}.`) }, `One ${what}.`, [
      'key',
      'value',
    ]),
    `Managed ${what}s of the namespace and of everything below it. The manager's flags say which keys it manages.`,
  );

const inherited = { annotations: pairs('annotation'), labels: pairs('label') };

// No list type on purpose: one type may stand twice, with two reasons (HNC: internal/forest/namespaceconditions.go).
const conditions = list(
  object(
    {
      lastTransitionTime: { type: 'string', format: 'date-time', description: 'When the status last changed.' },
      message: { ...string('What is wrong, for people.'), maxLength: 32_768 },
      observedGeneration: { type: 'integer', format: 'int64', minimum: 0, description: 'Generation it was seen in.' },
      reason: { ...string('Why, for programs.'), minLength: 1, maxLength: 1024 },
      status: { type: 'string', enum: ['True', 'False', 'Unknown'], description: 'Whether it is so.' },
      type: { ...string('What is wrong, for programs.'), maxLength: 316 },
    },
    'One thing that is wrong.',
    ['lastTransitionTime', 'message', 'reason', 'status', 'type'],
  ),
  'What is wrong; empty where all is well.',
);

const hierarchyConfiguration: HncKind = {
  kind: 'HierarchyConfiguration',
  plural: 'hierarchyconfigurations',
  scope: 'Namespaced',
  singleton: 'hierarchy',
  description: 'The place of a namespace in its tree.',
  spec: object(
    {
      allowCascadingDeletion: { type: 'boolean', description: 'Subnamespaces may be deleted along with this one.' },
      ...inherited,
      parent: string('Namespace above this one.'),
    },
    'What is wanted.',
  ),
  status: object({ children: list({ type: 'string' }, 'Namespaces directly below.'), conditions }, 'What is.'),
  columns: [
    { name: 'Parent', type: 'string', jsonPath: '.spec.parent' },
    { name: 'Wrong', type: 'string', jsonPath: '.status.conditions[*].reason' },
  ],
};

const subnamespaceAnchor: HncKind = {
  kind: 'SubnamespaceAnchor',
  plural: 'subnamespaceanchors',
  shortNames: ['subns'],
  scope: 'Namespaced',
  description: 'A namespace made on demand below the one the anchor is in; it has the name of the anchor.',
  spec: object(inherited, 'What is wanted.'),
  status: object({ status: string('Missing, Ok, Conflict or Forbidden.') }, 'What is.'),
  columns: [{ name: 'Status', type: 'string', jsonPath: '.status.status' }],
};

const hncConfiguration: HncKind = {
  kind: 'HNCConfiguration',
  plural: 'hncconfigurations',
  scope: 'Cluster',
  singleton: 'config',
  description: 'What is copied from a namespace to those below it. Roles and RoleBindings always are.',
  spec: object(
    {
      resources: list(
        object(
          {
            group: string('API group; left out for the core group.'),
            mode: { type: 'string', enum: ['Propagate', 'Ignore', 'Remove', 'AllowPropagate'], description: 'How.' },
            resource: string('Resource, in the plural.'),
          },
          'One resource.',
          ['resource'],
        ),
        'Resources beside Roles and RoleBindings.',
      ),
    },
    'What is wanted.',
  ),
  status: object(
    {
      conditions,
      resources: list(
        object(
          {
            group: string('API group.'),
            mode: string('How it is copied.'),
            numPropagatedObjects: { type: 'integer', minimum: 0, description: 'Copies.' },
            numSourceObjects: { type: 'integer', minimum: 0, description: 'Originals.' },
            resource: string('Resource, in the plural.'),
            version: string('API version the manager uses.'),
          },
          'One resource.',
          ['group', 'resource', 'version'],
        ),
        'What is copied, and how much of it.',
      ),
    },
    'What is.',
  ),
};

const hierarchicalResourceQuota: HncKind = {
  kind: 'HierarchicalResourceQuota',
  plural: 'hierarchicalresourcequotas',
  shortNames: ['hrq'],
  scope: 'Namespaced',
  description: 'A limit on a namespace and everything below it together.',
  spec: object({ hard: amounts('Limit by resource name, as in a ResourceQuota.') }, 'What is wanted.'),
  status: object(
    { hard: amounts('Limits that are in force.'), used: amounts('Use of the whole subtree.') },
    'What is.',
  ),
};

/**
 * The kinds of HNC 1.1.0, field by field what its manager reads and writes (api/v1alpha2). None has a status subresource,
 * because the manager writes a status together with the rest of the object, which a subresource would drop.
 */
export const HNC_KINDS: readonly HncKind[] = [
  hierarchyConfiguration,
  subnamespaceAnchor,
  hncConfiguration,
  hierarchicalResourceQuota,
];
