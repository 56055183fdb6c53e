import type { LateValueName } from '../../core/late-value.ts';
import { lateValue } from '../../core/late-value.ts';
import type { Path, PlacedProblem } from '../../core/path.ts';
import { cloudOf } from '../cluster.ts';
import type { Environment } from '../environment.ts';

/** A place of the environment that could be left to the cloud. */
interface Place {
  readonly name: LateValueName;
  readonly value: string;
  readonly at: Path;
}

function places({ storage, workbench: { database } }: Environment): readonly Place[] {
  const { volume } = storage.homes;
  return [
    ...storage.classes.flatMap((each, index): readonly Place[] =>
      each.kind === 'efs'
        ? [
            {
              name: 'homes-file-system-id',
              value: each.fileSystemId,
              at: ['storage', 'classes', index, 'fileSystemId'],
            },
          ]
        : [],
    ),
    ...(volume.kind === 'efs'
      ? [
          {
            name: 'homes-file-system-id',
            value: volume.fileSystemId,
            at: ['storage', 'homes', 'volume', 'fileSystemId'],
          } as const,
        ]
      : []),
    ...(database.kind === 'postgresql'
      ? [{ name: 'database-host', value: database.host, at: ['workbench', 'database', 'host'] } as const]
      : []),
  ];
}

/** Which part of `cluster.cloud` makes what a value waits for, and what it is called. */
const MAKERS = {
  'homes-file-system-id': { part: 'fileSystem', what: 'file system' },
  'database-host': { part: 'database', what: 'database' },
} as const satisfies Readonly<Record<LateValueName, { readonly part: string; readonly what: string }>>;

/** Values that are left to the cloud where it does not make them, or where nobody would fill them in (REF017). */
export function lateValueProblems(environment: Environment): readonly PlacedProblem[] {
  const cloud = cloudOf(environment);
  return places(environment)
    .filter(({ name, value }) => value === lateValue(name))
    .flatMap(({ name, at }): readonly PlacedProblem[] => {
      const { part, what } = MAKERS[name];
      const key = String(at.at(-1));
      if (cloud?.[part] === undefined) {
        const message = `is not stated, and nobody makes the ${what}.`;
        const hint = environment.cluster.kind === 'eks' ? `State it, or add cluster.cloud.${part}.` : 'State it.';
        return [{ code: 'REF017', at, message, hint }];
      }
      if (environment.gitOps === undefined) return [];
      const message = `is not stated, and ${environment.gitOps.tool} would apply the placeholder in its place as it stands.`;
      const hint = `State ${key} once \`pulumi up\` has made the ${what}, or leave out gitOps and let Pulumi apply the objects.`;
      return [{ code: 'REF017', at, message, hint }];
    });
}
