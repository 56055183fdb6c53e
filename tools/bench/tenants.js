// Synthesizes production with COUNT tenants in one process and prints seconds and peak memory as JSON.
// Called as: node tenants.js COUNT
import { layoutFiles, loadEnvironment, synthesize } from '../../build/index.js';

const count = Number(process.argv[2]);
const { input } = await loadEnvironment('prod');

/** A forest of three levels: departments of 100 tenants, in them groups of 10. */
function tenants() {
  const forest = [];
  let department;
  let group;
  for (let index = 0; index < count; index += 1) {
    const people = { owners: { groups: [`leads-${index}`] }, members: { groups: [`group-${index}`] } };
    const folder = { name: `tenant-${index}`, kind: 'folder', ...people, children: [] };
    if (index % 100 === 0) {
      department = folder;
      group = folder;
      forest.push(folder);
    } else if (index % 10 === 0) {
      group = folder;
      department.children.push(folder);
    } else group.children.push({ name: `tenant-${index}`, ...people, quota: { cpu: 8, memory: '32Gi', pods: 50 } });
  }
  return forest;
}

const environment = { ...input, tenants: tenants(), policies: { ...input.policies, exceptions: [] } };
const start = process.hrtime.bigint();
const synthesis = synthesize(environment);
if (synthesis.kind !== 'accepted')
  throw new Error(JSON.stringify((synthesis.problems ?? synthesis.findings).slice(0, 3)));
const files = layoutFiles(synthesis.bundle);
const seconds = Number(process.hrtime.bigint() - start) / 1e9;
const megabytes = process.resourceUsage().maxRSS / 1024;
console.log(JSON.stringify({ count, seconds, megabytes, files: files.length }));
