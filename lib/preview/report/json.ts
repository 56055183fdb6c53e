import { displayFieldPath } from '../change.ts';
import type { AssessedChange, Preview } from '../preview.ts';
import { worstRisk } from '../risk.ts';
import { describeSubject } from '../subject.ts';
import { changeCounts, type PreviewReport } from './summary.ts';

function changeJson({ subject, from, action, risk, why, origin, sameMeaning, fields }: AssessedChange) {
  return {
    name: describeSubject(subject),
    action,
    risk,
    why,
    subject,
    ...(from ? { from } : {}),
    origin,
    ...(sameMeaning > 0 ? { sameMeaning } : {}),
    fields: fields.map(({ path, ...field }) => ({ path: displayFieldPath(path), ...field })),
  };
}

function previewJson(preview: Preview) {
  const { environment, risk, consequences, changes, cost, problems, notes } = preview;
  return {
    environment,
    risk,
    counts: changeCounts(preview),
    consequences: consequences.map(({ causes, ...rest }) => ({ ...rest, causes: causes.map(describeSubject) })),
    changes: changes.map(changeJson),
    cost,
    problems,
    notes,
  };
}

/** The report for programs; `format` counts up when a field changes its meaning (docs/preview.md). */
export function jsonReport({ base, previews }: PreviewReport): string {
  const risk = worstRisk(previews.map((preview) => preview.risk));
  return JSON.stringify({ format: 1, base, risk, environments: previews.map(previewJson) }, null, 2);
}
