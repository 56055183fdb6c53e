// Compares production with COUNT tenants, whose quotas and ceiling of pods have all changed, with what synth wrote before;
// COUNT 0 compares production with itself but for the ceiling. Prints as JSON the seconds beyond the two synths, and the peak of memory.
// Called as: node preview.js COUNT FOLDER
import { join } from 'node:path';
import {
  indexFile,
  layoutFiles,
  loadEnvironment,
  markdownReport,
  previewContents,
  readTree,
  replaceFolders,
  synthesize,
} from '../../build/index.js';
import { withTenants } from './tenant-forest.js';

const [count, out] = [Number(process.argv[2]), process.argv[3]];
const { input } = await loadEnvironment('prod');

function bundleOf(cpu, ceiling) {
  const policies = { ...input.policies, exceptions: [], ceiling: { cpu: ceiling, memory: '256Gi' } };
  const synthesis = synthesize({ ...(count === 0 ? input : withTenants(input, count, cpu)), policies });
  if (synthesis.kind !== 'accepted')
    throw new Error(JSON.stringify((synthesis.problems ?? synthesis.findings).slice(0, 3)));
  return synthesis.bundle;
}

const folder = join(out, `preview-${count}-${process.pid}`);
const before = bundleOf(8, 32);
replaceFolders([{ folder, files: [...layoutFiles(before), indexFile(before)] }]);
const after = bundleOf(16, 16);
const start = process.hrtime.bigint();
const contents = readTree(folder, { bundle: after, files: layoutFiles(after) });
const preview = previewContents(contents, after);
const report = markdownReport({ base: { name: 'what was written', notes: [] }, previews: [preview] });
const seconds = Number(process.hrtime.bigint() - start) / 1e9;
const megabytes = process.resourceUsage().maxRSS / 1024;
console.log(JSON.stringify({ count, seconds, megabytes, changes: preview.changes.length, characters: report.length }));
