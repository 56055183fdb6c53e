import { ApiObject } from 'cdk8s';
import type { Construct, IConstruct } from 'constructs';
import { CloudResource } from '../constructs/cloud-resource.ts';
import { GeneratedFile } from '../constructs/generated-file.ts';
import { originOf } from '../constructs/origin.ts';
import { asJsonObject } from '../core/json.ts';
import { displayPath, type Path } from '../core/path.ts';
import { locate } from '../core/source.ts';
import { isNamespaced } from '../crds/scope.ts';
import { HelmRelease } from '../helm/release.ts';
import type { BundleCloudResource, BundleFile, BundleObject, BundleRelease, Manifest, Origin } from './bundle.ts';
import type { Phase } from './phase.ts';

/** What a tree of constructs holds, in the order it was built. */
export interface Collected {
  readonly objects: BundleObject[];
  readonly releases: BundleRelease[];
  readonly cloud: BundleCloudResource[];
  readonly files: BundleFile[];
}

/** Turns environment paths into origins; many objects share a path, so each is resolved once. */
function originReader(input: unknown): (construct: Construct) => Origin {
  const known = new Map<Path, Omit<Origin, 'construct'>>();
  return (construct) => {
    const at = originOf(construct);
    let place = known.get(at);
    if (!place) {
      const source = locate(input, at);
      place = { path: displayPath(input, at), ...(source ? { source } : {}) };
      known.set(at, place);
    }
    return { construct: construct.node.path, ...place };
  };
}

/** Refuses an object whose namespace does not fit its kind: a mistake of a construct, not of the environment. */
function checkScope(manifest: Manifest, construct: string): void {
  const { apiVersion, kind, metadata } = manifest;
  if (isNamespaced(apiVersion, kind) === (metadata.namespace === undefined)) {
    const rule = isNamespaced(apiVersion, kind) ? 'needs a namespace' : 'is cluster-scoped and takes no namespace';
    throw new Error(`${construct}: ${apiVersion} ${kind} "${metadata.name}" ${rule}.`);
  }
}

/** Reads a phase's constructs into plain data. `input` is the environment as written, for file and line. */
export function collect(phase: Phase, root: Construct, input: unknown, into: Collected): void {
  const origin = originReader(input);
  const visit = (construct: IConstruct): void => {
    if (ApiObject.isApiObject(construct)) {
      const manifest = construct.toJson() as Manifest;
      checkScope(manifest, construct.node.path);
      into.objects.push({ phase, manifest, origin: origin(construct) });
    } else if (construct instanceof HelmRelease) {
      into.releases.push({ phase, ...construct.props, origin: origin(construct) });
    } else if (construct instanceof CloudResource) {
      const { kind, name, spec } = construct;
      into.cloud.push({ kind, name, spec: asJsonObject(spec), origin: origin(construct) });
    } else if (construct instanceof GeneratedFile) {
      into.files.push({ path: construct.path, content: construct.content, origin: origin(construct) });
    }
    for (const child of construct.node.children) visit(child);
  };
  visit(root);
}
