import { RULES } from '../../checks/registry.ts';
import type { Problem } from '../../core/problem.ts';
import { count } from '../../core/words.ts';
import { type Content, element } from '../drawing/xml.ts';
import { mark, named } from './mark.ts';
import type { ReportSubject } from './subject.ts';
import { type Column, prose, table } from './table.ts';

const place = ({ path, source }: Problem): Content => (source ? named(path, `${source.file}:${source.line}`) : path);

const FINDING: readonly Column<Problem>[] = [
  { title: 'place', share: 25, cell: place },
  { title: 'severity', share: 10, cell: ({ severity }) => mark(severity === 'error' ? 'bad' : 'warm', severity) },
  { title: 'rule', share: 10, cell: ({ code }) => code },
  { title: 'what is wrong', share: 35, cell: ({ message }) => message },
  { title: 'remedy', share: 25, cell: ({ hint = '' }) => hint },
];

/** `91 rules hold`, `1 error and 2 warnings of 91 rules`. */
export function verdict({ findings }: ReportSubject): string {
  if (findings.length === 0) return `all ${RULES.length} rules hold`;
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  const parts = [
    ...(errors > 0 ? [count(errors, 'error')] : []),
    ...(findings.length > errors ? [count(findings.length - errors, 'warning')] : []),
  ];
  return `${parts.join(' and ')} of ${RULES.length} rules`;
}

/** What `check` finds, what is accepted and why, and what nothing enforces. */
export function checkSection(subject: ReportSubject): Content {
  const { findings, silenced, bundle } = subject;
  return [
    element('p', {}, `Of "atelier check": ${verdict(subject)}.`),
    findings.length > 0 ? table('Findings, errors first', FINDING, findings) : [],
    element('h3', {}, 'Accepted'),
    silenced.length === 0
      ? element('p', {}, 'The environment accepts no finding.')
      : table(
          'Findings that the environment accepts, with its reasons',
          [
            { title: 'place', share: 25, cell: place },
            { title: 'rule', share: 10, cell: ({ code }) => code },
            { title: 'what was found', share: 35, cell: ({ message }) => message },
            { title: 'why it may be so', share: 30, cell: ({ reason }) => reason },
          ],
          silenced,
        ),
    element('h3', {}, 'Worth knowing'),
    bundle.notes.length === 0
      ? element('p', {}, 'Nothing.')
      : element(
          'ul',
          {},
          bundle.notes.map((note) => element('li', {}, prose(note))),
        ),
  ];
}
