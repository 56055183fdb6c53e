import { describe, expect, test } from 'vitest';
import { onPremisesInput } from '../fixtures/environment.ts';
import { named, reportAfter } from '../fixtures/mutate.ts';

describe('messages name subject, value, rule and remedy', () => {
  test('NET004 names the class once, who asks for it, and both ways out', () => {
    const [finding, ...others] = reportAfter((draft) => {
      delete draft.ingressController;
      draft.monitoring = { grafanaHost: 'grafana.example.org' };
    });
    expect(others).toEqual([]);
    expect(finding?.message).toBe(
      'nobody serves Ingresses of class "alb": release "kube-prometheus-stack", release "workbench".',
    );
    expect(finding?.hint).toContain('ingressController: { kind: existing }');
    expect(finding?.hint).toContain('aws-load-balancer-controller');
  });

  test('NODE002 names the node, what is asked for, what is left and the DaemonSets', () => {
    const [finding] = reportAfter((draft) => {
      named(draft.sessionProfiles, 'gpu').cpu = { request: 8 };
    });
    expect(finding?.message).toMatch(
      /^no node of pool "gpu" takes it: g5\.xlarge: asks for cpu 8 of \d+m; g5\.2xlarge: asks for cpu 8 of \d+m \(after \d+m CPU and \d+ MiB of DaemonSets\)\.$/,
    );
    expect(finding?.hint).toBe('Ask for less, or give the pool a larger node.');
  });

  test('TEN004 says what the shares add up to, and of how much', () => {
    const [finding] = reportAfter((draft) => {
      draft.tenancy = { backend: { kind: 'plain' } };
      const share = { cpu: 3, memory: '2Gi' };
      const children = [
        { name: 'a', quota: share },
        { name: 'b', quota: share },
      ];
      draft.tenants = [{ name: 'top', kind: 'folder', quota: { cpu: 4, memory: '8Gi' }, children }];
    });
    expect(finding?.message).toBe("the children's shares of cpu add up to 6, of 4.");
  });

  test('PRI005 names the class that displaces least, and NODE009 what it costs', () => {
    const findings = reportAfter((draft) => {
      named(draft.sessionProfiles, 'gpu').warmCapacity = { sessions: 2 };
    });
    expect(findings).toMatchObject([
      { code: 'PRI005', hint: 'Set priorityClass: "atelier-warm".' },
      {
        code: 'NODE009',
        message:
          '2 x g5.xlarge stay up day and night, about 237 USD a week (on demand, us-east-1) outside office hours alone.',
      },
    ]);
  });

  test('NODE013 says where and when, and what remains of the pool', () => {
    const findings = reportAfter((draft) => {
      const zones = ['eu-south-1a', 'eu-south-1b'];
      draft.cluster = { kind: 'eks', name: 'test', region: 'eu-south-1', zones, accountId: '111122223333' };
      Object.assign(named(draft.nodePools, 'cpu').capacity, { instanceTypes: ['m6i.4xlarge', 'm7a.4xlarge'] });
    });
    const messages = findings
      .filter(({ code }) => code === 'NODE013')
      .map(({ path, message }) => `${path}: ${message}`);
    const start = 'EC2 had no price for';
    expect(messages.map((message) => message.replace(/20\d\d-\d\d/, 'MONTH'))).toEqual(
      expect.arrayContaining([
        `nodePools.cpu.capacity.instanceTypes: ${start} m7a.4xlarge in eu-south-1 in MONTH, so only m6i.4xlarge can be launched.`,
        `nodePools.gpu.capacity.instanceTypes: ${start} g5.xlarge, g5.2xlarge in eu-south-1 in MONTH, so this pool never has a node.`,
      ]),
    );
  });

  test('GPU002 suggests the profile that exists', () => {
    const [finding] = reportAfter(
      (draft) => {
        named(draft.nodePools, 'gpu').sharing = {
          kind: 'mig',
          strategy: 'mixed',
          layout: { '1g.5gb': 1, '1g.6gb': 1 },
        };
      },
      onPremisesInput({ tenants: [] }),
    );
    expect(finding).toMatchObject({
      code: 'GPU002',
      path: 'nodePools.gpu.sharing.layout["1g.6gb"]',
      hint: 'Did you mean "1g.5gb"?',
    });
  });
});
