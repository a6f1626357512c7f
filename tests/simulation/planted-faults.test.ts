import { simulate } from './simulate.ts';

/** The machine may be busy. */
const TIMEOUT_MS = 900_000;

test(
  'every planted fault is found by its invariant, all of them within 3 minutes',
  async () => {
    const { code, output } = await simulate('--faults');
    console.log(output);
    expect({ code, output }).toMatchObject({ code: 0 });
  },
  TIMEOUT_MS,
);
