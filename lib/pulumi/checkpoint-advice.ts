/**
 * From how many resources on an update that makes them all takes an hour or more: where the state lies in a bucket or a
 * folder, the engine writes all of it before and after each (pulumi/pkg/backend/snapshot.go, saveSnapshot).
 */
const MANY = 4000;

/** A sentence for whoever updates that many, unless told already; `undefined` for everybody else. */
export function checkpointAdvice(
  resources: number,
  variables: Readonly<Record<string, string | undefined>> = process.env,
): string | undefined {
  if (resources < MANY || variables.PULUMI_SKIP_CHECKPOINTS !== undefined) return undefined;
  return (
    `${resources} resources: where the state lies in a bucket or a folder, Pulumi writes all of it before and after each ` +
    'that changes. Where thousands do, docs/pulumi.md ("Thousands of tenants") says what helps.'
  );
}
