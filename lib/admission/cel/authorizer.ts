import type { Environment } from '@marcbachmann/cel-js';
import { Undecided } from './undecided.ts';

/** `authorizer`: the API server's knowledge of who may do what. Here nobody knows, and asking says so. */
export class Authorizer {
  /** Whether an expression asked; what it gave then hangs on the answer. */
  asked = false;
  /** `authorizer.requestResource`: the check for what the request itself is about. */
  readonly requestResource: Authorizer = this;
}

function ask(authorizer: Authorizer): never {
  authorizer.asked = true;
  throw new Undecided('it asks who may do what, which only the API server knows');
}

const TYPE = 'kubernetes.Authorizer';
/** Members of the check, its parts and its answer (Kubernetes 1.36, k8s.io/apiserver/pkg/cel/library/authz.go). */
const MEMBERS: readonly string[] = [
  `group(string): ${TYPE}`,
  `path(string): ${TYPE}`,
  `serviceAccount(string, string): ${TYPE}`,
  `resource(string): ${TYPE}`,
  `subresource(string): ${TYPE}`,
  `namespace(string): ${TYPE}`,
  `name(string): ${TYPE}`,
  `fieldSelector(string): ${TYPE}`,
  `labelSelector(string): ${TYPE}`,
  `check(string): ${TYPE}`,
  'allowed(): bool',
  'reason(): string',
  'errored(): bool',
  'error(): string',
];

/** Lets expressions about rights be read; whichever is evaluated ends in {@link Undecided}. */
export function addAuthorizer(environment: Environment): void {
  environment.registerType(TYPE, Authorizer).registerVariable('authorizer', TYPE);
  for (const member of MEMBERS) environment.registerFunction(`${TYPE}.${member}`, ask);
}
