import { operations } from './index.ts';
import { usualProblems } from './operation.ts';

test.each(operations.map((op) => [op.name, op] as const))(
  '%s declares the problems of every request',
  (_, op) => {
    const declared = [...usualProblems(op), ...op.problems];
    expect(declared).toEqual(expect.arrayContaining(['invalid_request', 'body_too_large']));
    expect(declared.includes('not_signed_in')).toBe(op.caller === 'account');
    expect(new Set(declared).size).toBe(declared.length);
  },
);
