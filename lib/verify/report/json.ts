import { displayFieldPath } from '../../preview/change.ts';
import { describeSubject, type Subject } from '../../preview/subject.ts';
import type { Difference, Verification } from '../verify.ts';

const named = (subject: Subject) => ({ name: describeSubject(subject), subject });

function differenceJson(difference: Difference): object {
  switch (difference.kind) {
    case 'late':
      return { kind: 'late', name: difference.name, subjects: difference.subjects };
    case 'changed': {
      const { kind, subject, origin, urn, fields } = difference;
      const shown = fields.map(({ path, ...field }) => ({ path: displayFieldPath(path), ...field }));
      return { kind, ...named(subject), urn, origin, fields: shown };
    }
    default: {
      const { kind, subject, ...rest } = difference;
      return { kind, ...named(subject), ...rest };
    }
  }
}

/** The report for programs; `format` counts up when a field changes its meaning (docs/verify.md). */
export function jsonReport(verification: Verification): string {
  const { environment, source, differences, compared, late, sameMeaning, notCompared, notes } = verification;
  const report = {
    format: 1,
    environment,
    source,
    equal: differences.length === 0,
    compared,
    differences: differences.map(differenceJson),
    late: late.map(({ places, ...value }) => ({
      ...value,
      places: places.map(({ subject, path }) => ({ name: describeSubject(subject), path })),
    })),
    sameMeaning,
    notCompared,
    notes,
  };
  return JSON.stringify(report, null, 2);
}
