import { simulate } from './simulate.ts';

/** The machine may be busy. */
const TIMEOUT_MS = 900_000;

/** What one core must do. */
const STEPS_A_SECOND = 10_000;

test(
  'a million steps break no invariant, at 10,000 a second or more',
  async () => {
    const { code, output } = await simulate('--seed', '1', '--steps', '1000000');
    console.log(output);
    expect({ code, output }).toMatchObject({ code: 0 });
    const [, rate] = /: (\d+) steps a second/.exec(output)!;
    expect(Number(rate)).toBeGreaterThan(STEPS_A_SECOND);
  },
  TIMEOUT_MS,
);

test(
  'a finding prints the command that repeats it to the same step',
  async () => {
    const fault = ['--fault', 'fee-kept'];
    const { code, output } = await simulate('--seed', '3', '--steps', '100000', ...fault);
    expect({ code, output }).toMatchObject({ code: 1 });
    const [, seed, step] = /npm run simulate -- --seed (\d+) --steps (\d+) --fault fee-kept/.exec(output)!;
    const again = await simulate('--seed', seed!, '--steps', step!, ...fault);
    expect(again.output).toContain(`Broken at step ${step}: balances`);
    const before = await simulate('--seed', seed!, '--steps', `${Number(step) - 1}`, ...fault);
    expect(before.code).toBe(0);
  },
  TIMEOUT_MS,
);

test.each([
  [['--help'], 0, 'npm run simulate -- --seed N'],
  [['--steps', 'many'], 2, '--steps takes a whole number'],
  [['--fault', 'none'], 2, '--fault takes one of'],
])(
  'explains itself after %j',
  async (options, code, text) => {
    const answer = await simulate(...options);
    expect(answer.code).toBe(code);
    expect(answer.output).toContain(text);
  },
  TIMEOUT_MS,
);
