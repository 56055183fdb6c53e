import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Json, JsonObject } from '../../lib/core/json.ts';
import type { JobTemplateValues, LauncherJob } from '../../lib/workbench/job-template.ts';
import { predictService } from '../../lib/workbench/predict-service.ts';
import { describeWithEngine } from '../job-template-engine.ts';
import { render, sessionJob } from './session-job.ts';

const job = (changes: Partial<LauncherJob> = {}): LauncherJob =>
  sessionJob({ id: 'session-0f3a-x7', serviceName: 'session-0f3a-service', ...changes });

function contract(make: (job: LauncherJob, values: JobTemplateValues) => Json): void {
  it('WB-2: GIVEN a session WHEN rendered THEN its Service selects its pods and serves the ports not published', () => {
    const exposedPorts = [
      { targetPort: 8787 },
      { targetPort: 22, publishedPort: 30_022 },
      { targetPort: 53, protocol: 'UDP' },
    ];
    expect(make(job({ exposedPorts }), {})).toEqual({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: {
        name: 'session-0f3a-service',
        labels: {
          'app.kubernetes.io/managed-by': 'launcher',
          'job-name': 'session-0f3a-x7',
          'launcher-instance-id': 'a1b2c3',
        },
      },
      spec: {
        type: 'ClusterIP',
        clusterIP: '',
        selector: { 'job-name': 'session-0f3a-x7' },
        ports: [
          { name: 'port0', protocol: 'TCP', port: 8787, targetPort: 8787 },
          { name: 'port1', protocol: 'UDP', port: 53, targetPort: 53 },
        ],
      },
    });
  });

  it('WB-2: GIVEN labels and annotations from job and values WHEN they clash THEN each key stands once and the last wins', () => {
    const metadata = { service: { labels: { team: 'job', 'job-name': 'other' }, annotations: { a: 'job', b: 'job' } } };
    const service = { type: 'NodePort', labels: { team: 'values' }, annotations: { b: 'values: "x"\n' } };
    expect(make(job({ metadata }), { service })).toMatchObject({
      metadata: {
        labels: { team: 'values', 'job-name': 'session-0f3a-x7' },
        annotations: { a: 'job', b: 'values: "x"\n' },
      },
      spec: { type: 'NodePort' },
    });
  });

  it('WB-2: GIVEN a session without ports WHEN rendered THEN the list of ports is empty', () => {
    expect(make(job({ exposedPorts: [] }), {})).toHaveProperty('spec.ports', []);
  });
}

describe('service template, as predicted', () => contract(predictService));
describeWithEngine('service template, as rendered', () =>
  contract((job, values) => parse(render('service.tpl', job, values), { uniqueKeys: true }) as JsonObject),
);
