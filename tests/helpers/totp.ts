import { generateSync } from 'otplib';

const STEP_SECONDS = 30;

/**
 * What an authenticator app shows now, or will show in the next 30 s. A code counts once, and one that is a step early or
 * late is taken. So whoever needs two uses this step's first and then the next one's: neither is late by more than a
 * step, however near the end of a step it is made.
 */
export function codeOf(secret: string, stepsFromNow: 0 | 1 = 0): string {
  const epoch = Math.floor(Date.now() / 1000) + stepsFromNow * STEP_SECONDS;
  return generateSync({ secret, epoch });
}

/** A code that is wrong now, and in the steps before and after. */
export const wrongCode = (secret: string): string =>
  `${(Number(codeOf(secret)) + 500_000) % 1_000_000}`.padStart(6, '0');
