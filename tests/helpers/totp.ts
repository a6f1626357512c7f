import { generateSync } from 'otplib';

const STEP_SECONDS = 30;

/** What an authenticator app shows, as many steps of 30 s from now. A code counts once, and one step off is taken. */
export function codeOf(secret: string, stepsFromNow: -1 | 0 | 1 = 0): string {
  const epoch = Math.floor(Date.now() / 1000) + stepsFromNow * STEP_SECONDS;
  return generateSync({ secret, epoch });
}
