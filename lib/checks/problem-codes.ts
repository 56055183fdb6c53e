/** A code that is no rule: what is wrong before any rule is held against the environment. */
export interface ProblemCode {
  readonly id: string;
  readonly what: string;
}

/** The shape of an environment. */
export const SHAPE_CODES: readonly ProblemCode[] = [
  { id: 'ENV001', what: 'a key that is not known here' },
  { id: 'ENV002', what: 'something is missing' },
  { id: 'ENV003', what: 'a value of the wrong type' },
  { id: 'ENV004', what: 'not one of the allowed values' },
  { id: 'ENV005', what: 'too small, too big, too few, too many' },
  { id: 'ENV006', what: 'a value of the wrong form: a quantity, a duration, a label, an address' },
  { id: 'ENV007', what: 'a name that is no DNS label, or over 63 characters' },
  { id: 'ENV008', what: 'a list in which something stands twice' },
  { id: 'ENV010', what: 'a YAML file that cannot be read, keys that stand twice, aliases' },
  { id: 'ENV011', what: 'a TypeScript file that cannot be compiled' },
  { id: 'ENV012', what: 'a file that throws, or holds no environment' },
  { id: 'ENV013', what: 'no such environment or file' },
  { id: 'ENV014', what: 'a list in a file that does not exist' },
  { id: 'ENV015', what: 'two environments of one name' },
  { id: 'ENV016', what: 'an environment of `stacks/environments` that is not called as its file' },
];

/** Parts that name each other, or exclude each other. */
export const REFERENCE_CODES: readonly ProblemCode[] = [
  { id: 'REF001', what: 'two things of one name' },
  { id: 'REF002', what: 'a node pool that does not exist: a toleration and a constraint without a pool' },
  { id: 'REF003', what: 'a session image that does not exist, without a fixed tag, or with its registry twice' },
  { id: 'REF004', what: 'a group that does not exist, includes itself, or is nobody' },
  { id: 'REF005', what: 'a priority class that does not exist' },
  { id: 'REF006', what: 'a reservation of nothing, or at no time; warm capacity at no time' },
  {
    id: 'REF007',
    what: 'an instance type or GPU that the catalogue does not know, or several that do not go together',
  },
  {
    id: 'REF008',
    what: 'settings that exclude each other: EC2 without EKS, GPUs on a general pool, sharing without a GPU, warm capacity on static nodes, a load balancer controller outside of EKS or without a VPC',
  },
  { id: 'REF009', what: 'a limit under its request, a maximum under its minimum' },
  { id: 'REF010', what: 'a storage class that does not exist, or cannot do what is asked of it' },
  { id: 'REF011', what: 'several Workbench servers without PostgreSQL' },
  { id: 'REF012', what: 'a tenant in the place of Kubernetes or of the platform' },
  { id: 'REF013', what: 'a priority ladder that does not go up step by step, or leaves somebody out' },
  { id: 'REF014', what: 'a policy exception or Spark for a namespace that does not exist, or that nobody works in' },
  { id: 'REF015', what: 'a profile that is packed, where nothing packs' },
  {
    id: 'REF016',
    what: 'a cloud whose parts do not go together: zones without subnets, blocks that overlap, a database that nobody uses',
  },
  {
    id: 'REF017',
    what: 'an id or host that is left to the cloud, where the cloud makes nothing, or nobody fills it in',
  },
];
