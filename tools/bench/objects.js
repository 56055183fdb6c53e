// Writes the objects of all environments to a file, for the bare program. Called as: node objects.js FILE
import { writeFileSync } from 'node:fs';
import { environmentNames, loadEnvironment, synthesize } from '../../build/index.js';

const environments = [];
for (const name of environmentNames()) {
  const synthesis = synthesize((await loadEnvironment(name)).input);
  if (synthesis.kind !== 'accepted') throw new Error(`${name} is ${synthesis.kind}`);
  const objects = synthesis.bundle.objects.map(({ phase, manifest }) => ({ phase, manifest }));
  environments.push({ environment: name, objects });
}
writeFileSync(process.argv[2], JSON.stringify(environments));
