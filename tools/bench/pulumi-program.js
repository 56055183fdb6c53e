// Runs the Pulumi program of production against mocks of the engine, and prints seconds, from the start of the process,
// and peak memory as JSON: what the program itself takes, without engine and providers. Called as: node pulumi-program.js
import { runtime } from '@pulumi/pulumi';

/** What AWS answers beside what it was told, as far as the program looks into it. */
const ANSWERS = {
  'aws:eks/cluster:Cluster': {
    endpoint: 'https://example.org',
    certificateAuthority: { data: '' },
    vpcConfig: { clusterSecurityGroupId: 'sg-1' },
  },
  'aws:eks/nodeGroup:NodeGroup': { resources: [{ autoscalingGroups: [{ name: 'group' }] }] },
  'aws:ec2/launchTemplate:LaunchTemplate': { latestVersion: 1 },
};

let resources = 0;
await runtime.setMocks(
  {
    // There is no cluster yet.
    call: ({ token }) => (token === 'aws:eks/getClusters:getClusters' ? { names: [] } : { value: '1.36' }),
    newResource: ({ type, name, inputs }) => {
      resources += 1;
      return { id: name, state: { arn: 'arn:aws:x', ...inputs, ...ANSWERS[type] } };
    },
  },
  'atelier',
  'prod',
);
await runtime.runInPulumiStack(async () => (await import('../../build/cloud.js')).deploy());
const megabytes = process.resourceUsage().maxRSS / 1024;
console.log(JSON.stringify({ resources, seconds: performance.now() / 1000, megabytes }));
