import pc from 'picocolors';

const colors = pc.createColors(pc.isColorSupported && process.stdout.isTTY === true);
const messageColors = pc.createColors(pc.isColorSupported && process.stderr.isTTY === true);

/** Results go to stdout, so that they can be piped. */
export function printResult(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Everything said about the work goes to stderr. */
export function printMessage(text: string): void {
  process.stderr.write(`${text}\n`);
}

export { colors, messageColors };

/** Columns padded to the widest cell; numbers to the right. The first row is the heading. */
export function formatTable(rows: readonly (readonly (string | number)[])[]): string {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, column) => {
      widths[column] = Math.max(widths[column] ?? 0, String(cell).length);
    });
  }
  const format = (row: readonly (string | number)[]): string =>
    row
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        return typeof cell === 'number' ? String(cell).padStart(width) : cell.padEnd(width);
      })
      .join('  ')
      .trimEnd();
  return rows.map((row, index) => (index === 0 ? colors.dim(format(row)) : format(row))).join('\n');
}
