const FONT = 'font-family="system-ui, sans-serif" font-size="12"';
const COLOURS = ['#f26822', '#4c4c4c', '#8fb8de', '#7a9e7e', '#c9b458'];
const WIDTH = 760;

const escaped = (text: string) => text.replace(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`);
const text = (x: number, y: number, words: string, more = '') =>
  `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" fill="#222" ${more}>${escaped(words)}</text>`;

/** A white background, so that the plot is readable on dark pages too. */
const page = (height: number, title: string, parts: string[]) =>
  [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" ${FONT} role="img">`,
    `<title>${escaped(title)}</title><rect width="100%" height="100%" fill="#fff"/>`,
    text(12, 20, title, 'font-weight="bold"'),
    ...parts,
    '</svg>\n',
  ].join('\n');

/** Approximate upper bound of a letter's width. */
const LETTER_WIDTH = 6.4;

function legend(names: readonly string[]): string[] {
  let x = 12;
  return names.map((name, at) => {
    const entry = `<rect x="${x.toFixed(1)}" y="30" width="10" height="10" fill="${COLOURS[at]}"/>${text(x + 15, 39.5, name)}`;
    x += 15 + name.length * LETTER_WIDTH + 20;
    return entry;
  });
}

export type Bars = { title: string; names: string[]; bars: { label: string; values: number[] }[] };

/** A stacked bar chart: one bar for each label. */
export function bars({ title, names, bars: all }: Bars): string {
  const [left, row] = [250, 20];
  const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
  const most = Math.max(...all.map(({ values }) => sum(values)));
  const scale = (WIDTH - left - 60) / most;
  const drawn = all.flatMap(({ label, values }, at) => {
    const y = 54 + at * row;
    let x = left;
    const parts = values.map((value, kind) => {
      const rect = `<rect x="${x.toFixed(1)}" y="${y}" width="${(value * scale).toFixed(1)}" height="14" fill="${COLOURS[kind]}"/>`;
      x += value * scale;
      return rect;
    });
    const total = Number(sum(values).toPrecision(3));
    return [text(left - 8, y + 11, label, 'text-anchor="end"'), ...parts, text(x + 6, y + 11, `${total}`)];
  });
  return page(64 + all.length * row, title, [...legend(names), ...drawn]);
}

export type Lines = {
  title: string;
  x: string;
  y: string;
  lines: { name: string; points: [x: number, y: number][] }[];
};

/** A line chart with two logarithmic axes. Every value must be above 0. */
export function lines({ title, x: xName, y: yName, lines: all }: Lines): string {
  const box = { left: 70, top: 72, right: WIDTH - 30, bottom: 330 };
  const points = all.flatMap((line) => line.points);
  const decades = (at: 0 | 1) => {
    const logs = points.map((point) => Math.log10(point[at]));
    return [
      Math.floor(Math.min(...logs)),
      Math.max(Math.ceil(Math.max(...logs)), Math.floor(Math.min(...logs)) + 1),
    ];
  };
  const [[x0 = 0, x1 = 1], [y0 = 0, y1 = 1]] = [decades(0), decades(1)];
  const px = (value: number) => box.left + ((Math.log10(value) - x0) / (x1 - x0)) * (box.right - box.left);
  const py = (value: number) => box.bottom - ((Math.log10(value) - y0) / (y1 - y0)) * (box.bottom - box.top);
  const grid: string[] = [];
  for (let power = y0; power <= y1; power++) {
    const y = py(10 ** power);
    grid.push(`<path d="M${box.left} ${y.toFixed(1)}H${box.right}" stroke="#ddd"/>`);
    grid.push(text(box.left - 8, y + 4, (10 ** power).toLocaleString('en'), 'text-anchor="end"'));
  }
  for (let power = x0; power <= x1; power++)
    grid.push(
      text(px(10 ** power), box.bottom + 18, (10 ** power).toLocaleString('en'), 'text-anchor="middle"'),
    );
  const drawn = all.map(({ points: own }, at) => {
    const path = own.map(([x, y], step) => `${step ? 'L' : 'M'}${px(x).toFixed(1)} ${py(y).toFixed(1)}`);
    return `<path d="${path.join('')}" fill="none" stroke="${COLOURS[at]}" stroke-width="2"/>`;
  });
  const names = [text(box.right, 366, xName, 'text-anchor="end"'), text(12, 58, yName)];
  return page(376, title, [...legend(all.map(({ name }) => name)), ...grid, ...drawn, ...names]);
}
