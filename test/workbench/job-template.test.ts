import { describe, expect, it } from 'vitest';
import { jobTemplates, type LauncherJob, type PodTemplateValues } from '../../lib/workbench/job-template.ts';
import { describeWithEngine } from '../job-template-engine.ts';
import { type JobMaker, predictedJob, render, renderedJob, sessionJob } from './session-job.ts';

const HUGE = 1_000_650_000;

function contract(make: JobMaker): void {
  it('WB-2: GIVEN a session without rules WHEN rendered THEN it is the Job the launcher expects', () => {
    const { metadata, spec, pod, podMetadata, session } = make(sessionJob(), {});
    expect(metadata).toEqual({
      generateName: 'session-0f3a-jdoe---rstudio-session--',
      labels: { 'app.kubernetes.io/managed-by': 'launcher', 'launcher-instance-id': 'a1b2c3' },
    });
    expect(Object.keys(spec).sort()).toEqual(['backoffLimit', 'template']);
    expect(podMetadata).toEqual({
      generateName: 'session-0f3a-jdoe---rstudio-session--',
      labels: { 'launcher-instance-id': 'a1b2c3' },
      annotations: {
        USER_TAG_0: 'rstudio-r-session',
        stdin: '{"TOKEN":"secret"}',
        user: 'jdoe',
        name: 'RStudio Session',
        service_ports: '[{"targetPort":8787,"protocol":"TCP"}]',
        user_metadata: '{"job":{},"pod":{"initContainers":[]},"service":{}}',
      },
    });
    expect(pod).toEqual({
      restartPolicy: 'Never',
      enableServiceLinks: false,
      shareProcessNamespace: false,
      nodeSelector: { workload: 'gpu' },
      securityContext: { runAsUser: 10_000, runAsGroup: 10_000 },
      volumes: [{ name: 'mount0', persistentVolumeClaim: { claimName: 'home' } }],
      containers: [session],
    });
    expect(session).toEqual({
      name: 'rs-launcher-container',
      image: 'registry/ds-gpu:1',
      command: ['/usr/lib/rstudio-server/bin/rserver-launcher'],
      args: ['--flag'],
      stdin: true,
      stdinOnce: true,
      workingDir: '/home/jdoe',
      env: [{ name: 'HOME', value: '/home/jdoe' }],
      resources: {
        requests: { cpu: '2', memory: '8192M' },
        limits: { cpu: '4', memory: '16384M', 'nvidia.com/gpu': 1 },
      },
      volumeMounts: [{ name: 'mount0', mountPath: '/home' }],
    });
  });

  it('WB-2: GIVEN the least a launcher may send WHEN rendered without values THEN it is a Job all the same', () => {
    const job = { generateName: 'g-', name: 'n', user: 'u', exe: '/bin/x', container: { image: 'i' } };
    const { pod, podMetadata } = make(job, {});
    expect(Object.keys(pod).sort()).toEqual([
      'containers',
      'enableServiceLinks',
      'restartPolicy',
      'shareProcessNamespace',
    ]);
    expect(podMetadata.annotations).toEqual({ name: 'n', user: 'u', stdin: '', service_ports: '' });
  });

  it.each([
    ['1', 1],
    ['1.000000', 1],
    ['0.5', 1],
    ['8', 8],
    ['0.000000', undefined],
    ['-1', undefined],
    ['many', undefined],
    ['', undefined],
  ])('WB-2: GIVEN a GPU limit "%s" WHEN rendered THEN the limits hold %s, the requests none', (value, count) => {
    const resourceLimits = [
      { type: 'NVIDIA GPUs', value },
      { type: 'AMD GPUs', value },
    ] as const;
    expect(make(sessionJob({ resourceLimits }), {}).session.resources).toEqual(
      count === undefined ? undefined : { limits: { 'nvidia.com/gpu': count, 'amd.com/gpu': count } },
    );
  });

  it('WB-3: GIVEN limits in decimals WHEN rendered THEN memory is in 10^6 bytes', () => {
    const resourceLimits = [
      { type: 'memory', value: '1048576.000000' },
      { type: 'Memory Request', value: '' },
      { type: 'cpuCount', value: '1.500000' },
    ] as const;
    const pod: PodTemplateValues = { ephemeralStorage: { request: '', limit: '10Gi' } };
    expect(make(sessionJob({ resourceLimits }), { pod }).session.resources).toEqual({
      limits: { cpu: '1.500000', memory: '1048576.000000M', 'ephemeral-storage': '10Gi' },
    });
  });

  it('WB-2: GIVEN nested security contexts WHEN rendered THEN they keep their shape, and apply to every session', () => {
    const pod: PodTemplateValues = {
      defaultSecurityContext: { seccompProfile: { type: 'RuntimeDefault' }, runAsUser: 1, fsGroup: 1 },
      securityContext: { fsGroup: HUGE, seLinuxOptions: { level: 's0:c1' } },
      containerSecurityContext: { capabilities: { drop: ['ALL'] }, allowPrivilegeEscalation: false },
    };
    const { container } = sessionJob();
    const made = make(
      sessionJob({ container: { ...container, capabilitiesAdd: ['SYS_PTRACE'], capabilitiesDrop: ['KILL'] } }),
      { pod },
    );
    expect(made.pod.securityContext).toEqual({
      seccompProfile: { type: 'RuntimeDefault' },
      seLinuxOptions: { level: 's0:c1' },
      runAsUser: 10_000,
      runAsGroup: 10_000,
      fsGroup: HUGE,
    });
    expect(made.session.securityContext).toEqual({
      capabilities: { drop: ['ALL', 'KILL'], add: ['SYS_PTRACE'] },
      allowPrivilegeEscalation: false,
    });
  });

  it('WB-2: GIVEN supplementary groups WHEN the values name the user THEN the values win, as upstream', () => {
    const container = { image: 'i', runAsUserId: 10_000, supplementalGroupIds: [HUGE, 7] };
    const { pod } = make(sessionJob({ container }), { pod: { securityContext: { runAsUser: 5 } } });
    expect(pod.securityContext).toEqual({ runAsUser: 5, supplementalGroups: [HUGE, 7] });
  });

  it('WB-3: GIVEN the annotation stdin is suppressed WHEN rendered THEN no annotation shows the environment', () => {
    const { podMetadata, session } = make(sessionJob(), { pod: { suppressStdinAnnotation: true } });
    expect(JSON.stringify(podMetadata)).not.toContain('TOKEN');
    expect(session.stdin).toBe(true);
  });

  it('WB-2: GIVEN labels from job and values WHEN they clash THEN the values win, and the launcher over both', () => {
    const both = { labels: { team: 'job', 'launcher-instance-id': 'x' }, annotations: { a: 'job' } };
    const values = { labels: { team: 'values' }, annotations: { a: 'values' } };
    const made = make(sessionJob({ metadata: { job: both, pod: both } }), { job: values, pod: values });
    for (const metadata of [made.metadata, made.podMetadata]) {
      expect(metadata.labels).toMatchObject({ team: 'values', 'launcher-instance-id': 'a1b2c3' });
      expect(metadata.annotations).toHaveProperty('a', 'values');
    }
  });

  it('WB-2: GIVEN a shell command WHEN rendered THEN the shell gets command and arguments as one text', () => {
    const job = sessionJob({
      command: 'exec',
      exe: '',
      args: ['a b', "'c'"],
      initContainers: [{ name: 'i', image: 'j', command: 'cp', environment: [{ name: 'A' }], mounts: [{ name: 'm' }] }],
    });
    const { pod, session } = make(job, { pod: { initContainers: [{ name: 'last' }] } });
    expect(session).toMatchObject({ command: ['/bin/sh'], args: ['-c', "exec a b 'c'"] });
    expect(pod.initContainers).toEqual([
      {
        name: 'i',
        image: 'j',
        command: ['/bin/sh'],
        args: ['-c', 'cp'],
        env: [{ name: 'A', value: '' }],
        volumeMounts: [{ name: 'm' }],
      },
      { name: 'last' },
    ]);
    expect(make(job, { pod: { command: ['/start'] } }).session).toMatchObject({
      command: ['/start'],
      args: ['-c', "exec a b 'c'"],
    });
  });

  it('WB-2: GIVEN secrets and a published port WHEN rendered THEN they become variables and a port of the node', () => {
    const job = sessionJob({
      config: [
        { name: 'secret', value: 'db:password:PGPASSWORD' },
        { name: 'secret', value: 'token:KEY' },
        { name: 'secret' },
        { name: 'other', value: 'x' },
      ],
      exposedPorts: [{ targetPort: 22, publishedPort: 30_022 }, { targetPort: 8787 }],
    });
    const { session } = make(job, { pod: { env: [{ name: 'LAST', value: '1' }] } });
    expect(session.env).toEqual([
      { name: 'HOME', value: '/home/jdoe' },
      { name: 'PGPASSWORD', valueFrom: { secretKeyRef: { name: 'db', key: 'password' } } },
      { name: 'KEY', valueFrom: { secretKeyRef: { name: 'token', key: 'KEY' } } },
      { name: 'LAST', value: '1' },
    ]);
    expect(session.ports).toEqual([{ containerPort: 22, hostPort: 30_022 }]);
  });

  it('WB-2: GIVEN a malformed secret WHEN rendered THEN the session stops with a message that says what it should be', () => {
    const job = sessionJob({ config: [{ name: 'secret', value: 'password' }] });
    expect(() => make(job, {})).toThrow('secret "password" has not the form SECRET:KEY:VARIABLE');
  });

  it.each([
    ['a break-out', 'x"}\nspec: {nodeName: "gotcha"}\n#'],
    ['a comment', 'a: b # c'],
    ['what looks like a number', '1e6'],
    ['an anchor', '&a *a !!binary |'],
    ['line separators', 'a\u2028b\u0085c\ufeff\n d'],
    ['control characters', '\0\u0007\u007f'],
    ['a template', '{{ fail "ran" }}'],
    ['a long line', 'word '.repeat(60)],
    ['emoji', '\u{1f680} Zoë'],
  ])(
    'WB-2: GIVEN texts of a user that hold %s WHEN rendered THEN they arrive unchanged and change nothing else',
    (_, text) => {
      const hostile = sessionJob({
        user: text,
        name: text,
        workingDirectory: text,
        environment: [{ name: text, value: text }],
        config: [{ name: 'secret', value: `a:b:${text.replaceAll(':', '')}` }],
        placementConstraints: [{ name: text, value: text }],
        metadata: { pod: { annotations: { [text]: text } } },
      });
      const { pod, podMetadata, session } = make(hostile, {});
      expect(podMetadata.annotations).toMatchObject({ user: text, name: text, [text]: text });
      expect(pod.nodeSelector).toEqual({ [text]: text });
      expect(pod.nodeName).toBeUndefined();
      expect(session).toMatchObject({ workingDir: text, image: 'registry/ds-gpu:1' });
      expect(session.env).toMatchObject([{ name: text, value: text }, { name: text.replaceAll(':', '') }]);
    },
  );
}

describe('job template, as predicted', () => contract(predictedJob));
describeWithEngine('job template, as rendered', () => {
  contract(renderedJob);

  it('WB-2: GIVEN numbers of a million and more WHEN rendered THEN they are written as integers', () => {
    const text = render('job.tpl', sessionJob({ placementConstraints: [{ name: 'p', value: 'long' }] }), {
      job: { ttlSecondsAfterFinished: 1_209_600 },
      pod: { securityContext: { fsGroup: HUGE } },
      rules: [{ constraint: { name: 'p', value: 'long' }, activeDeadlineSeconds: 2_592_000 }],
    });
    expect(text).toContain('ttlSecondsAfterFinished: 1209600\n');
    expect(text).toContain('activeDeadlineSeconds: 2592000\n');
    expect(text).toContain(`"fsGroup": ${HUGE}`);
  });

  it('WB-2: GIVEN null for everything that may be missing WHEN rendered THEN it is the Job of the bare necessities', () => {
    const bare = { generateName: 'g-', name: '', user: '', exe: '/bin/x', container: { image: 'i' } };
    const nulls = (keys: readonly string[]): object => Object.fromEntries(keys.map((key) => [key, null]));
    const optional = Object.keys(sessionJob()).filter((key) => !['generateName', 'exe', 'container'].includes(key));
    const job = {
      ...bare,
      ...nulls(optional),
      container: { ...bare.container, ...nulls(['runAsUserId', 'capabilitiesAdd']) },
    };
    const pod = nulls([
      'labels',
      'volumes',
      'env',
      'tolerations',
      'nodeSelector',
      'ephemeralStorage',
      'securityContext',
      'command',
    ]);
    for (const values of [nulls(['service', 'job', 'pod', 'rules', 'ruleConstraints']), { pod }]) {
      expect(renderedJob(job as LauncherJob, values)).toEqual(predictedJob(bare, {}));
    }
    const metadata = { ...bare, metadata: nulls(['job', 'service', 'pod']) as object };
    expect(renderedJob(metadata, {}).metadata).toEqual(predictedJob(bare, {}).metadata);
  });

  it('WB-2: GIVEN the templates WHEN read by the launcher THEN the first line names the data format, before and after', () => {
    for (const text of [...Object.values(jobTemplates()), render('job.tpl', sessionJob(), {})]) {
      expect(text.startsWith('# Version: 2.5.0\n')).toBe(true);
    }
  });
});
