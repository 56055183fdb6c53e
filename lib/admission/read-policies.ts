import type { Manifest } from '../bundle/bundle.ts';
import type { BundleContents } from '../bundle/contents.ts';
import { CHARTS } from '../catalog/charts.ts';
import type { MatchResources } from './match.ts';
import type { AdmissionPolicy, Exception, NamedExpression, Validation } from './policy.ts';

interface PolicySpec {
  readonly failurePolicy?: 'Fail' | 'Ignore';
  readonly matchConstraints?: MatchResources;
  readonly matchConditions?: readonly NamedExpression[];
  readonly variables?: readonly NamedExpression[];
  readonly validations?: readonly Validation[];
  readonly paramKind?: unknown;
}

interface BindingSpec {
  readonly policyName: string;
  readonly validationActions?: readonly string[];
  readonly matchResources?: MatchResources;
}

interface KyvernoSpec extends PolicySpec {
  readonly validationActions?: readonly string[];
  readonly evaluation?: { readonly admission?: { readonly enabled?: boolean }; readonly mode?: string };
}

interface ExceptionSpec {
  readonly policyRefs: readonly { readonly name: string; readonly kind: string }[];
  readonly matchConditions?: readonly NamedExpression[];
  readonly images?: readonly string[];
  readonly allowedValues?: readonly string[];
}

const KYVERNO = /^policies\.kyverno\.io\//;
const KUBERNETES = /^admissionregistration\.k8s\.io\//;

const specOf = <T>({ spec }: Manifest): T => spec as unknown as T;

function ofKind(manifests: readonly Manifest[], group: RegExp, kind: string): readonly Manifest[] {
  return manifests.filter((manifest) => manifest.kind === kind && group.test(manifest.apiVersion));
}

const commonOf = ({ failurePolicy, matchConstraints, matchConditions, variables, validations }: PolicySpec) => ({
  failurePolicy: failurePolicy ?? 'Fail',
  match: matchConstraints,
  conditions: matchConditions ?? [],
  variables: variables ?? [],
  validations: validations ?? [],
});

/** ValidatingAdmissionPolicies that a binding puts in force to deny. */
function ofApiServer(manifests: readonly Manifest[]): readonly AdmissionPolicy[] {
  const bindings = ofKind(manifests, KUBERNETES, 'ValidatingAdmissionPolicyBinding').filter((binding) =>
    specOf<BindingSpec>(binding).validationActions?.includes('Deny'),
  );
  return ofKind(manifests, KUBERNETES, 'ValidatingAdmissionPolicy').flatMap((manifest): readonly AdmissionPolicy[] => {
    const spec = specOf<PolicySpec>(manifest);
    const { name } = manifest.metadata;
    const own = bindings.filter((binding) => specOf<BindingSpec>(binding).policyName === name);
    if (own.length === 0) return [];
    return [
      {
        engine: 'api-server',
        name,
        objects: [manifest, ...own],
        ...commonOf(spec),
        bindings: own.map((binding) => specOf<BindingSpec>(binding).matchResources),
        exceptions: [],
        ...(spec.paramKind === undefined ? {} : { undecided: 'it reads parameters from other objects' }),
      },
    ];
  });
}

/** Whether an exception lies where Kyverno looks: the environment's release says where that is. */
function countingExceptions({ releases }: Pick<BundleContents, 'releases'>): (exception: Manifest) => boolean {
  const release = releases.find(({ chart }) => chart.name === CHARTS.kyverno.name);
  if (!release) return () => true;
  const { features } = release.values as {
    readonly features?: { readonly policyExceptions?: { readonly enabled?: boolean; readonly namespace?: string } };
  };
  const { enabled = false, namespace = '' } = features?.policyExceptions ?? {};
  return ({ metadata }) => enabled && (namespace === '*' || namespace === metadata.namespace);
}

/** Kyverno's CEL policies that deny at admission, with the exceptions that count. */
function ofKyverno(
  manifests: readonly Manifest[],
  counts: (exception: Manifest) => boolean,
): readonly AdmissionPolicy[] {
  const exceptions = ofKind(manifests, KYVERNO, 'PolicyException').filter(counts);
  return ofKind(manifests, KYVERNO, 'ValidatingPolicy').flatMap((manifest): readonly AdmissionPolicy[] => {
    const spec = specOf<KyvernoSpec>(manifest);
    const { name } = manifest.metadata;
    const { evaluation } = spec;
    const denies = spec.validationActions?.includes('Deny') ?? false;
    if (!denies || evaluation?.admission?.enabled === false || evaluation?.mode === 'JSON') return [];
    const own = exceptions.filter((exception) =>
      specOf<ExceptionSpec>(exception).policyRefs.some((ref) => ref.name === name && ref.kind === manifest.kind),
    );
    const isPartial = own.some((each) => {
      const { images = [], allowedValues = [] } = specOf<ExceptionSpec>(each);
      return images.length > 0 || allowedValues.length > 0;
    });
    return [
      {
        engine: 'kyverno',
        name,
        objects: [manifest, ...own],
        ...commonOf(spec),
        bindings: [undefined],
        exceptions: own.map(
          (exception): Exception => ({
            name: exception.metadata.name,
            conditions: specOf<ExceptionSpec>(exception).matchConditions ?? [],
          }),
        ),
        ...(isPartial ? { undecided: 'an exception to it lists images or values' } : {}),
      },
    ];
  });
}

const MUTATING: readonly (readonly [RegExp, string, AdmissionPolicy['engine']])[] = [
  [KUBERNETES, 'MutatingAdmissionPolicy', 'api-server'],
  [KYVERNO, 'MutatingPolicy', 'kyverno'],
];

/** Policies that change what the others judge. What they make of an object is not worked out, so nothing it is part of is. */
function mutating(manifests: readonly Manifest[]): readonly AdmissionPolicy[] {
  return MUTATING.flatMap(([group, kind, engine]) =>
    ofKind(manifests, group, kind).map((manifest) => ({
      engine,
      name: manifest.metadata.name,
      objects: [manifest],
      ...commonOf(specOf<PolicySpec>(manifest)),
      bindings: [undefined],
      exceptions: [],
      mutates: true as const,
      undecided: 'it changes the object before the others look at it',
    })),
  );
}

/** Every policy of a Bundle that can refuse a request, those of the API server first. */
export function readPolicies(contents: Pick<BundleContents, 'objects' | 'releases'>): readonly AdmissionPolicy[] {
  const manifests = contents.objects
    .map(({ manifest }) => manifest)
    .filter(({ apiVersion }) => KYVERNO.test(apiVersion) || KUBERNETES.test(apiVersion));
  return [...ofApiServer(manifests), ...ofKyverno(manifests, countingExceptions(contents)), ...mutating(manifests)];
}
