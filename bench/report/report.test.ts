import { comparison } from './comparison.ts';
import { withSection } from './document.ts';
import { figure, table } from './markdown.ts';
import { bars, lines } from './plot.ts';

test('a section takes its place, and what stands around it stays', () => {
  const place = '# B\n<!-- cost: written by npm run bench -- cost -->\nold\n<!-- end -->\nmine\n';
  const written = withSection(place, 'cost', 'new');
  expect(written).toContain('\nnew\n\n<!-- end -->\nmine');
  expect(written).not.toContain('old');
  expect(withSection(written, 'cost', 'new')).toBe(written);
});

test('a document without the place is refused by name', () => {
  expect(() => withSection('# B\n', 'scale', 'new')).toThrow('no place for scale');
});

test('figures stand to the right, with three digits where they are no counts', () => {
  expect(table(['a', 'b'], [['x|y', 1234]])).toBe('| a | b |\n| --- | --: |\n| x\\|y | 1,234 |');
  expect([figure(0.012345), figure(12.345), figure(1234.5)]).toEqual(['0.0123', '12.3', '1,235']);
});

test('a plot is one SVG with every label in it', () => {
  const drawn = bars({ title: 'T', names: ['n'], bars: [{ label: 'a & b', values: [1, 2] }] });
  expect(drawn).toContain('a &#38; b');
  const line = lines({
    title: 'T',
    x: 'offers',
    y: 'ms',
    lines: [
      {
        name: 'mine',
        points: [
          [10, 1],
          [1000, 1],
        ],
      },
    ],
  });
  for (const svg of [drawn, line]) expect(svg).not.toMatch(/NaN|undefined/);
  expect(line).toContain('1,000');
});

test('the comparison names a figure that was not measured', () => {
  expect(() => comparison({})).toThrow('The comparison lacks scale.page 100 1 ms');
});
