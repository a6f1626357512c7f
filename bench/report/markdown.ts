type Cell = string | number;

const shown = (cell: Cell) => (typeof cell === 'number' ? figure(cell) : cell.replaceAll('|', '\\|'));

/** A Markdown table. Columns of figures are aligned to the right. */
export function table(head: string[], rows: Cell[][]): string {
  const isFigure = (column: number) => rows.every((row) => typeof row[column] === 'number');
  const rule = head.map((_, column) => (isFigure(column) ? '--:' : '---'));
  return [head, rule, ...rows].map((row) => `| ${row.map(shown).join(' | ')} |`).join('\n');
}

/** A count in full (`1,234`), other figures with three significant digits (`12.3`, `0.0123`). */
export function figure(value: number): string {
  if (Number.isInteger(value)) return value.toLocaleString('en');
  if (Math.abs(value) >= 1000) return Math.round(value).toLocaleString('en');
  return value.toLocaleString('en', { maximumSignificantDigits: 3 });
}

/** A table for a terminal: aligned columns without a rule. */
export function columns(rows: Cell[][]): string {
  const texts = rows.map((row) => row.map((cell) => (typeof cell === 'number' ? figure(cell) : cell)));
  const widths = texts[0]!.map((_, at) => Math.max(...texts.map((row) => row[at]!.length)));
  const line = (row: string[], isText: boolean[]) =>
    row.map((cell, at) => (isText[at] ? cell.padEnd(widths[at]!) : cell.padStart(widths[at]!))).join('  ');
  const isText = rows.at(-1)!.map((cell) => typeof cell === 'string');
  return texts.map((row) => line(row, isText).trimEnd()).join('\n');
}
