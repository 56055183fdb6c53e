// Synthesizes production with COUNT tenants in one process and prints seconds and peak memory as JSON.
// Called as: node tenants.js COUNT
import { layoutFiles, loadEnvironment, synthesize } from '../../build/index.js';
import { withTenants } from './tenant-forest.js';

const count = Number(process.argv[2]);
const { input } = await loadEnvironment('prod');

const environment = withTenants(input, count);
const start = process.hrtime.bigint();
const synthesis = synthesize(environment);
if (synthesis.kind !== 'accepted')
  throw new Error(JSON.stringify((synthesis.problems ?? synthesis.findings).slice(0, 3)));
const files = layoutFiles(synthesis.bundle);
const seconds = Number(process.hrtime.bigint() - start) / 1e9;
const megabytes = process.resourceUsage().maxRSS / 1024;
console.log(JSON.stringify({ count, seconds, megabytes, files: files.length }));
