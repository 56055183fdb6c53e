import { Construct } from 'constructs';
import { kubernetesObject } from '../constructs/kubernetes-object.ts';
import { declareOrigin } from '../constructs/origin.ts';
import type { JsonObject } from '../core/json.ts';
import { HNC_GROUP, HNC_VERSION } from '../crds/hnc.x-k8s.io.ts';
import type { Platform } from '../model/platform.ts';
import { HNC_KINDS, type HncKind } from './hnc-schemas.ts';

function schemaOf({ description, singleton, spec, status }: HncKind): JsonObject {
  const metadata = singleton ? { properties: { name: { type: 'string', enum: [singleton] } } } : {};
  return {
    type: 'object',
    description,
    properties: {
      apiVersion: { type: 'string' },
      kind: { type: 'string' },
      metadata: { type: 'object', ...metadata },
      spec,
      status,
    },
  };
}

function specOf(hncKind: HncKind): JsonObject {
  const { kind, plural, shortNames, scope, columns } = hncKind;
  return {
    group: HNC_GROUP,
    names: {
      kind,
      listKind: `${kind}List`,
      plural,
      singular: kind.toLowerCase(),
      ...(shortNames ? { shortNames } : {}),
    },
    scope,
    versions: [
      {
        name: HNC_VERSION,
        served: true,
        storage: true,
        schema: { openAPIV3Schema: schemaOf(hncKind) },
        ...(columns ? { additionalPrinterColumns: columns } : {}),
      },
    ],
  };
}

/** CustomResourceDefinitions of HNC. Phase 00-crds, where the backend is hnc. */
export class HncCrds extends Construct {
  constructor(scope: Construct, id: string, { platform }: { readonly platform: Platform }) {
    super(scope, id);
    if (platform.environment.tenancy.backend.kind !== 'hnc') return;
    declareOrigin(this, ['tenancy', 'backend']);
    for (const kind of HNC_KINDS) {
      kubernetesObject(this, kind.plural, {
        apiVersion: 'apiextensions.k8s.io/v1',
        kind: 'CustomResourceDefinition',
        metadata: { name: `${kind.plural}.${HNC_GROUP}` },
        body: { spec: specOf(kind) },
      });
    }
  }
}
