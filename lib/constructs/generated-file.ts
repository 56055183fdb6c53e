import { Construct } from 'constructs';

export interface GeneratedFileProps {
  /** Path below `dist/<environment>/`, for example `images/ds-gpu/Dockerfile`. */
  readonly path: string;
  readonly content: string;
}

/** A file that is written beside the manifests and never applied: a Dockerfile, a CI job. */
export class GeneratedFile extends Construct {
  readonly path: string;
  readonly content: string;

  constructor(scope: Construct, id: string, props: GeneratedFileProps) {
    super(scope, id);
    this.path = props.path;
    this.content = props.content;
  }
}
