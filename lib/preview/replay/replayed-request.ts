import type { Manifest } from '../../bundle/bundle.ts';
import type { Path } from '../../core/path.ts';
import type { Subject } from '../subject.ts';

/** Something that will be made in the cluster, and so has to pass its policies. */
export interface ReplayedRequest {
  /** The same for the same thing in both versions. */
  readonly key: string;
  /** As people name it: `profile gpu-small`, `pods of Deployment ns/name`. */
  readonly about: string;
  readonly object: Manifest;
  /** What it comes with, where that is one thing. */
  readonly subject?: Subject;
  /** The part of the environment that it comes from, where that is plainer. */
  readonly at?: Path;
}
