import fc from 'fast-check';
import type { Json, JsonObject } from '../../lib/core/json.ts';
import type { Toleration } from '../../lib/model/taint.ts';
import type { JobRule, JobTemplateValues, PodTemplateValues } from '../../lib/workbench/job-template-values.ts';
import type { LauncherInitContainer, LauncherJob, ObjectMetadata } from '../../lib/workbench/launcher-job.ts';

const constraint = fc.record({
  name: fc.constantFrom('atelier.dev/session-profile', 'atelier.dev/node-pool', 'zone'),
  value: fc.constantFrom('gpu', 'cpu'),
});
const quantity = fc.constantFrom('', '10Gi', '1000000');
const count = fc.constantFrom('', '0', '0.000000', '1', '1.000000', '0.5', '8', '-1', 'many');
const amount = fc.constantFrom('', '0', '1', '1.500000', '16384', '1048576', '1048576.000000');
const identifier = fc.constantFrom(0, 1, 999, 10_000, 1_000_650_000, 4_294_967_294);

const toleration: fc.Arbitrary<Toleration> = fc.record(
  {
    key: fc.constantFrom('nvidia.com/gpu', 'atelier.dev/dedicated'),
    operator: fc.constantFrom('Equal', 'Exists'),
    value: fc.constantFrom('a', 'b'),
    effect: fc.constantFrom('NoSchedule', 'NoExecute'),
  },
  { requiredKeys: ['key', 'operator', 'effect'] },
);

/** Arbitraries of one kind of text: what the user typed, or what the environment says. */
function parts(text: fc.Arbitrary<string>) {
  const key = fc.oneof(text, fc.constantFrom('user', 'name', 'stdin', 'launcher-instance-id', 'USER_TAG_0', 'team'));
  const map = fc.dictionary(key, text, { maxKeys: 3 });
  const value = fc.letrec<{ readonly any: Json }>((tie) => ({
    any: fc.oneof(
      { maxDepth: 2 },
      text,
      fc.constantFrom(0, 1, -7, 0.25, 420, 1_000_000, 1_000_650_000, 2 ** 53 - 1),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie('any'), { maxLength: 2 }),
      fc.dictionary(text, tie('any'), { maxKeys: 3 }),
    ),
  })).any;
  const object: fc.Arbitrary<JsonObject> = fc.dictionary(text, value, { maxKeys: 3 });
  const objects = fc.array(object, { maxLength: 2 });
  const texts = fc.array(text, { maxLength: 3 });
  const variables = fc.array(fc.record({ name: text, value: text }, { requiredKeys: ['name'] }), { maxLength: 3 });
  const metadata: fc.Arbitrary<ObjectMetadata> = fc.record({ annotations: map, labels: map }, { requiredKeys: [] });
  return { map, object, objects, text, texts, variables, metadata };
}

const optional = { requiredKeys: [] };

/** Values as an environment could give them. `text` may not hold `{{`. */
export function arbitraryValues(text: fc.Arbitrary<string>): fc.Arbitrary<JobTemplateValues> {
  const { map, object, objects, texts } = parts(text);
  const rule: fc.Arbitrary<JobRule> = fc.record(
    {
      constraint,
      gpu: fc.constantFrom('required', 'forbidden'),
      tolerations: fc.array(toleration, { maxLength: 3 }),
      nodeSelector: fc.dictionary(fc.constantFrom('zone', 'atelier.dev/node-pool', 'disk'), text, { maxKeys: 2 }),
      labels: map,
      annotations: map,
      priorityClassName: text,
      schedulerName: text,
      gpuResource: fc.constantFrom('nvidia.com/mig-1g.10gb', 'nvidia.com/gpu.shared'),
      activeDeadlineSeconds: fc.constantFrom(60, 2_592_000),
    },
    { requiredKeys: ['constraint'] },
  );
  const capabilities = fc.record({ add: texts, drop: texts }, optional);
  const pod: fc.Arbitrary<PodTemplateValues> = fc.record(
    {
      annotations: map,
      labels: map,
      serviceAccountName: text,
      volumes: objects,
      volumeMounts: objects,
      env: objects,
      imagePullPolicy: fc.constantFrom('', 'Always'),
      imagePullSecrets: objects,
      initContainers: objects,
      extraContainers: objects,
      containerSecurityContext: fc
        .tuple(object, fc.record({ capabilities }, optional))
        .map(([any, known]) => ({ ...any, ...known })),
      defaultSecurityContext: object,
      securityContext: fc
        .tuple(object, fc.record({ fsGroup: identifier, runAsUser: identifier }, optional))
        .map(([any, known]) => ({ ...any, ...known })),
      tolerations: fc.array(toleration, { maxLength: 3 }),
      affinity: object,
      nodeSelector: fc.dictionary(fc.constantFrom('zone', 'disk'), text, { maxKeys: 2 }),
      hostAliases: objects,
      priorityClassName: text,
      enableServiceLinks: fc.boolean(),
      suppressStdinAnnotation: fc.boolean(),
      ephemeralStorage: fc.record({ request: quantity, limit: quantity }, optional),
      command: texts,
    },
    optional,
  );
  return fc.record(
    {
      service: fc.record(
        { type: fc.constantFrom('', 'ClusterIP', 'NodePort'), annotations: map, labels: map },
        optional,
      ),
      job: fc.record(
        { annotations: map, labels: map, ttlSecondsAfterFinished: fc.constantFrom(null, 0, 600, 1_209_600) },
        optional,
      ),
      pod,
      rules: fc.array(rule, { minLength: 1, maxLength: 6, size: 'max' }),
      ruleConstraints: fc.subarray(['atelier.dev/session-profile', 'atelier.dev/node-pool']),
    },
    { requiredKeys: ['rules'] },
  );
}

/** A job as a launcher could submit it, with texts as a user could type them. */
export function arbitraryJob(text: fc.Arbitrary<string>): fc.Arbitrary<LauncherJob> {
  const { metadata, objects, texts, variables } = parts(text);
  const secret = fc.tuple(text, text, text).map((names) => names.map((name) => name.replaceAll(':', '.')).join(':'));
  const initContainer: fc.Arbitrary<LauncherInitContainer> = fc.record(
    { name: text, image: text, command: text, exe: text, args: texts, environment: variables, mounts: objects },
    { requiredKeys: ['name', 'image'] },
  );
  const port = fc.record(
    {
      targetPort: fc.constantFrom(22, 8787),
      publishedPort: fc.constantFrom(30_000),
      protocol: fc.constantFrom('TCP', 'UDP'),
    },
    { requiredKeys: ['targetPort'] },
  );
  const limit = fc.oneof(
    fc.record({
      type: fc.constantFrom('cpuCount', 'CPU Request', 'memory', 'Memory Request', 'cpuTime'),
      value: amount,
    }),
    fc.record({ type: fc.constantFrom('NVIDIA GPUs', 'AMD GPUs'), value: count }),
  );
  return fc.record(
    {
      id: text,
      serviceName: text,
      instanceId: text,
      generateName: text,
      name: text,
      user: text,
      tags: texts,
      stdin: text,
      servicePortsJson: text,
      metadata: fc.record(
        {
          job: metadata,
          service: metadata,
          pod: fc.tuple(metadata, objects).map(([meta, initContainers]) => ({ ...meta, initContainers })),
        },
        optional,
      ),
      host: text,
      serviceAccountName: text,
      shareProcessNamespace: fc.boolean(),
      workingDirectory: text,
      command: fc.oneof(fc.constant(''), text),
      exe: text,
      args: texts,
      environment: variables,
      config: fc.array(
        fc.oneof(fc.record({ name: fc.constant('secret'), value: secret }), fc.record({ name: fc.constant('other') })),
        { maxLength: 2 },
      ),
      exposedPorts: fc.array(port, { maxLength: 3 }),
      volumes: objects,
      volumeMounts: objects,
      placementConstraints: fc.array(
        fc.oneof(
          constraint,
          constraint,
          constraint,
          fc.record({ name: text, value: text }, { requiredKeys: ['name'] }),
        ),
        { maxLength: 4 },
      ),
      resourceLimits: fc.array(limit, { maxLength: 7 }),
      container: fc.record(
        {
          image: text,
          runAsUserId: identifier,
          runAsGroupId: identifier,
          supplementalGroupIds: fc.array(identifier, { maxLength: 3 }),
          capabilitiesAdd: texts,
          capabilitiesDrop: texts,
        },
        { requiredKeys: ['image'] },
      ),
      initContainers: fc.array(initContainer, { maxLength: 2 }),
    },
    { requiredKeys: ['generateName', 'name', 'user', 'container'] },
  );
}
