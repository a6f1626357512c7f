import { generateSecret, generateURI, verifySync } from 'otplib';
import type { Totp } from '#core/accounts/ports.ts';

const STEP_SECONDS = 30;

/** RFC 6238 with the parameters of every authenticator app: SHA-1, 6 digits, 30 seconds. */
export const otplibTotp: Totp = {
  newSecret: () => generateSecret({ length: 20 }),
  uri: (secret, username) => generateURI({ issuer: 'Pupero', label: username, secret }),
  stepOf(secret, token, now) {
    const epoch = Math.floor(now / 1000);
    // Accepts the previous and the next time step as well, because typing takes time and clocks differ.
    const result = verifySync({ secret, token, epoch, epochTolerance: STEP_SECONDS });
    return result.valid && 'timeStep' in result ? result.timeStep : undefined;
  },
};
