// Runs synth once, so that it finds a code cache (bin/load-program.js) also where none can be kept: in a container whose
// image was built with `npm ci`, or installed for everybody in a folder that only its owner may write.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const out = mkdtempSync(join(tmpdir(), 'atelier-'));
try {
  // What is wrong with an environment is said by the next synth that somebody asks for.
  spawnSync(process.execPath, [join(root, 'bin/atelier.js'), 'synth', '--out', out], { cwd: root, stdio: 'ignore' });
} finally {
  rmSync(out, { recursive: true, force: true });
}
