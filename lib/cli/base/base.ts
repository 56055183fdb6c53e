import type { BundleContents } from '../../bundle/contents.ts';
import type { KnownFiles } from '../../bundle/read.ts';
import type { EnvironmentFile } from '../../loader/find.ts';

/** An environment as it is now, and what its base is to be found by. */
export interface WantedBase {
  readonly file: EnvironmentFile;
  /** Name of the environment, as its content says. */
  readonly environment: string;
  readonly known: KnownFiles;
}

/** What environments are compared with. */
export interface Base {
  /** As reports name it: `folder dist`. */
  readonly name: string;
  readonly notes: readonly string[];
  /** The environment as it was; `undefined` where the base has none of that name. */
  readonly read: (wanted: WantedBase) => Promise<BundleContents | undefined>;
  /** Environments that only the base has. */
  readonly others: () => Promise<readonly BundleContents[]>;
  /** Removes whatever was put up for the comparison. */
  readonly close: () => void;
}

/** Thrown where there is no base to compare with: why, and what to do. */
export class BaseError extends Error {
  override readonly name = 'BaseError';
}

/** Against nothing: everything is new. */
export const NO_BASE: Base = {
  name: 'nothing',
  notes: ['Compared with nothing, as asked: everything counts as new.'],
  read: async () => undefined,
  others: async () => [],
  close: () => undefined,
};
