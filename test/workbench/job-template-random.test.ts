import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { ruleEffect } from '../../lib/workbench/job-rules.ts';
import { jobTemplates } from '../../lib/workbench/job-template.ts';
import { predictJob } from '../../lib/workbench/predict-job.ts';
import { predictService } from '../../lib/workbench/predict-service.ts';
import { dataTemplate, describeWithEngine, renderTemplates } from '../job-template-engine.ts';
import { arbitraryJob, arbitraryValues } from './arbitrary-job.ts';
import { hostileText } from './hostile-text.ts';

/** JOB_TEMPLATE_SEED=7 tries other jobs. */
const SEED = Number(process.env.JOB_TEMPLATE_SEED ?? 1);
const JOBS = 400;

describeWithEngine('job and service template against prediction', () => {
  it('WB-2: GIVEN random jobs and values WHEN the Go engine renders them THEN every object is the predicted one', () => {
    const values = arbitraryValues(hostileText.filter((text) => !text.includes('{{')));
    const cases = fc.sample(fc.record({ job: arbitraryJob(hostileText), values }), { numRuns: JOBS, seed: SEED });

    const rendered = renderTemplates({
      templates: jobTemplates(),
      render: cases.flatMap(({ job, values }) => [
        { template: 'job.tpl', data: { Job: job }, templates: dataTemplate(values) },
        { template: 'service.tpl', data: { Job: job }, templates: dataTemplate(values) },
      ]),
    });

    const predicted = cases.flatMap(({ job, values }) => [predictJob(job, values), predictService(job, values)]);
    for (const [index, expected] of predicted.entries()) {
      const result = rendered[index] ?? { error: 'not rendered' };
      const about = `seed ${SEED}, case ${Math.floor(index / 2)}: ${JSON.stringify(cases[Math.floor(index / 2)])}`;
      if ('error' in result) throw new Error(`${result.error}\n${about}`);
      expect(parse(result.output, { uniqueKeys: true }), about).toEqual(expected);
      expect(result.output, 'pure ASCII').toMatch(/^[\n\x20-\x7e]*$/);
    }
    // Without these the sample would prove little.
    const effects = cases.map(({ job, values }) => ruleEffect(job, values));
    expect(effects.filter((effect) => effect.tolerations.length > 0).length).toBeGreaterThan(JOBS / 10);
    expect(effects.filter((effect) => effect.activeDeadlineSeconds !== undefined).length).toBeGreaterThan(JOBS / 20);
  }, 60_000);
});
