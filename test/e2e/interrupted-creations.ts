import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CloudResourceRecord } from '../pulumi-engine/aws/inventory.ts';
import { type Stack, stateOf } from './pulumi-stack.ts';

/** A creation that Pulumi never heard the end of. */
export interface InterruptedCreation {
  readonly urn: string;
  readonly type: string;
  readonly parent?: string;
  /** URN and id of the provider. */
  readonly provider: string;
}

interface Exported {
  readonly deployment: {
    readonly pending_operations?: readonly { readonly type: string; readonly resource: InterruptedCreation }[];
  };
}

/** What `pulumi stack export` lists as interrupted while it was created. */
export async function interruptedCreations(stack: Stack): Promise<readonly InterruptedCreation[]> {
  const { deployment } = JSON.parse(await stack.exported()) as Exported;
  return (deployment.pending_operations ?? []).flatMap(({ type, resource }) => (type === 'creating' ? [resource] : []));
}

/** What is in AWS and not in the state. */
export async function leftovers(stack: Stack): Promise<readonly CloudResourceRecord[]> {
  const known = new Set((await stateOf(stack)).map(({ urn, id }) => `${urn} ${id}`));
  return stack.cloud().filter(({ urn, id }) => !known.has(`${urn} ${id}`));
}

/** Takes something over into the state that was interrupted while it was created (docs/pulumi.md). */
export async function importCreation(stack: Stack, { urn, type, parent, provider }: InterruptedCreation, id: string) {
  const name = urn.split('::').slice(3).join('::');
  const under = parent === undefined ? [] : ['--parent', `parent=${parent}`];
  const by = ['--provider', `aws=${provider.slice(0, provider.lastIndexOf('::'))}`];
  const quietly = ['--generate-code=false', '--protect=false', '--yes', '--skip-preview'];
  const { code, stdout, stderr } = await stack.start(['import', type, name, id, ...under, ...by, ...quietly]).result;
  if (code !== 0) throw new Error(`${type} ${name} was not imported: ${stdout}${stderr}`);
}

/** Makes Pulumi forget that creations were interrupted (docs/pulumi.md). */
export async function forgetInterrupted(stack: Stack): Promise<void> {
  const file = join(stack.project.folder, 'state.json');
  writeFileSync(file, await stack.exported());
  const { code, stderr } = await stack.start(['stack', 'import', '--file', file]).result;
  if (code !== 0) throw new Error(stderr);
}
