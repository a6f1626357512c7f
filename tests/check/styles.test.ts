import { breakpointsOf, rawSizes } from './styles.ts';

const ALLOWED = breakpointsOf(':root { --breakpoint-narrow: 40rem; --breakpoint-wide: 56rem; }');

test.each([
  'gap: 0.75rem;',
  '  padding: var(--space-8) 12px;',
  '  margin-block: 0.5rem 2.5rem;',
  '  font-size: 0.875rem;',
  '@media (width < 41rem) {',
  '@media (min-width: 600px) {',
])('finds a size that is no token: %s', (line) => {
  expect(rawSizes(line, ALLOWED)).toHaveLength(1);
});

test.each([
  'gap: var(--space-12);',
  '  margin: 0 auto;',
  '  padding: 0 0.6em;',
  '  width: 2rem;',
  '  border: 1px solid var(--line);',
  '@media (width < 40rem) {',
  '@media (width >= 56rem) {',
])('accepts %s', (line) => {
  expect(rawSizes(line, ALLOWED)).toEqual([]);
});
