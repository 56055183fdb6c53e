import type { Manifest } from '../../bundle/bundle.ts';
import type { Labels } from '../../core/label-selector.ts';
import { DNS_LABEL, MAX_LABEL_LENGTH } from '../../core/names.ts';
import { aboutObject } from '../reading/inventory.ts';
import { podTemplates } from '../reading/pod-template.ts';
import type { Finding, Rule } from '../rule.ts';

const LABEL_VALUE = /^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/;
const LABEL_KEY = /^([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?\/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
const DNS_SUBDOMAIN = /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/;

/** All annotations of an object together (apimachinery pkg/api/validation/objectmeta.go, TotalAnnotationSizeLimitB). */
const MAX_ANNOTATION_BYTES = 256 * 1024;

/** Kinds whose name is one DNS label. */
const LABEL_NAMES = ['Namespace', 'Service'];

/** Kinds whose name becomes a label, or the beginning of one, and how long it may be. */
const LONGEST_NAME: Readonly<Record<string, number>> = {
  Namespace: MAX_LABEL_LENGTH,
  Service: MAX_LABEL_LENGTH,
  StatefulSet: MAX_LABEL_LENGTH,
  Job: MAX_LABEL_LENGTH,
  // The controller adds eleven characters to the names of its Jobs (pkg/apis/batch/validation).
  CronJob: 52,
};

function nameProblem({ apiVersion, kind, metadata: { name } }: Manifest): string | undefined {
  const longest = LONGEST_NAME[kind] ?? 253;
  if (name.length > longest) return `its name has ${name.length} characters; a ${kind} may have ${longest}.`;
  // Names of RBAC objects are free path segments.
  if (apiVersion.startsWith('rbac.')) return /[/%]/.test(name) ? 'its name holds "/" or "%".' : undefined;
  const form = LABEL_NAMES.includes(kind) ? DNS_LABEL : DNS_SUBDOMAIN;
  return form.test(name) ? undefined : 'its name is no DNS name: lower-case letters, digits and "-".';
}

function labelProblem(labels: Labels): string | undefined {
  for (const [key, value] of Object.entries(labels)) {
    if (!LABEL_KEY.test(key)) return `the label key "${key}" is none.`;
    if (!LABEL_VALUE.test(value))
      return `the label ${key} has the value "${value}", which is none (63 characters at most).`;
  }
  return undefined;
}

function annotationProblem(annotations: Labels): string | undefined {
  const size = Object.entries(annotations).reduce(
    (sum, [key, value]) => sum + Buffer.byteLength(key) + Buffer.byteLength(value),
    0,
  );
  return size > MAX_ANNOTATION_BYTES
    ? `its annotations have ${size} bytes; at most ${MAX_ANNOTATION_BYTES} fit.`
    : undefined;
}

const HINT = 'Choose a shorter or plainer one.';

export const metadataLimits: Rule = {
  id: 'OBJ018',
  title: 'Names, labels and annotations keep to the limits of Kubernetes',
  severity: 'error',
  protectsFrom: 'objects that the API server refuses in the middle of an installation',
  because:
    'Names are DNS names of at most 253 characters, 63 where they become labels and 52 for a CronJob; label values have at most 63; annotations of an object share 256 KiB.',
  source: 'Kubernetes 1.36, apimachinery pkg/util/validation and pkg/api/validation/objectmeta.go',
  example: {
    of: 'objects',
    breaks: `apiVersion: v1
kind: ServiceAccount
metadata: { name: hnc-manager, namespace: hnc-system, labels: { purpose: hierarchical namespaces } }`,
    mended: `apiVersion: v1
kind: ServiceAccount
metadata: { name: hnc-manager, namespace: hnc-system, labels: { purpose: hierarchical-namespaces } }`,
  },
  check: (bundle) => {
    const ofObjects = bundle.objects.flatMap((object) => {
      const { labels = {}, annotations = {} } = object.manifest.metadata;
      return [
        nameProblem(object.manifest),
        labelProblem(labels as Labels),
        annotationProblem(annotations as Labels),
      ].flatMap((problem) => (problem === undefined ? [] : [aboutObject(object, problem, HINT)]));
    });
    const ofPods = podTemplates(bundle).flatMap(({ subject, origin, labels }): readonly Finding[] => {
      const problem = labelProblem(labels);
      return problem === undefined ? [] : [{ at: origin, subject, message: `in its pods, ${problem}`, hint: HINT }];
    });
    return [...ofObjects, ...ofPods];
  },
};
