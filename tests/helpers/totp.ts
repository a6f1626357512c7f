import { generateSync } from 'otplib';

const STEP_SECONDS = 30;

/**
 * The code of an authenticator app for the current time step (30 s), or the next one. A code can be spent once, and the
 * API accepts a code of the previous, current or next step. A test that needs two codes therefore uses the current
 * step's first and then the next one's. Both stay valid, even if the first is made at the end of its step.
 */
export function codeOf(secret: string, stepsFromNow: 0 | 1 = 0): string {
  const epoch = Math.floor(Date.now() / 1000) + stepsFromNow * STEP_SECONDS;
  return generateSync({ secret, epoch });
}

/** A code that is wrong now, and in the steps before and after. */
export const wrongCode = (secret: string): string =>
  `${(Number(codeOf(secret)) + 500_000) % 1_000_000}`.padStart(6, '0');
