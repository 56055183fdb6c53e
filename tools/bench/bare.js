// What synth is measured against: a program of nothing but cdk8s that emits the same objects, one file each.
// Called as: node bare.js OBJECTS.json OUT
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApiObject, App, Chart, YamlOutputType } from 'cdk8s';

const [source, out] = process.argv.slice(2);
for (const { environment, objects } of JSON.parse(readFileSync(source, 'utf8'))) {
  const app = new App({ outdir: join(out, environment), yamlOutputType: YamlOutputType.FILE_PER_RESOURCE });
  const charts = new Map();
  objects.forEach(({ phase, manifest }, index) => {
    if (!charts.has(phase)) charts.set(phase, new Chart(app, phase));
    new ApiObject(charts.get(phase), `object-${index}`, manifest);
  });
  app.synth();
}
