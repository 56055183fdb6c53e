// Runs the Pulumi program of production against mocks of the engine, and prints seconds, from the start of the process,
// and peak memory as JSON: what the program itself takes, without engine and providers. Called as: node pulumi-program.js
import { runtime } from '@pulumi/pulumi';

let resources = 0;
await runtime.setMocks(
  {
    call: () => ({}),
    newResource: ({ name, inputs }) => {
      resources += 1;
      return { id: name, state: inputs };
    },
  },
  'atelier',
  'prod',
);
await runtime.runInPulumiStack(async () => (await import('../../build/cloud.js')).deploy());
const megabytes = process.resourceUsage().maxRSS / 1024;
console.log(JSON.stringify({ resources, seconds: performance.now() / 1000, megabytes }));
