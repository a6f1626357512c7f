import type { Caller } from '../caller.ts';
import { refusal } from '../refusal.ts';
import { type OwnerProof, withFactor, withPassword } from './as-owner.ts';
import type { AccountPorts } from './ports.ts';
import { isTotpOn, TOTP_ON } from './second-factor.ts';

type Started = { secret: string; otpauthUri: string };

/**
 * Makes a secret for the authenticator app. It takes effect when confirmed. Until then it may be replaced, and a
 * change of the password makes it void. An account
 * with passkeys needs its second factor.
 *
 * If the process dies after the second factor is spent, no secret is stored, and the person asks again.
 */
export const startTotp =
  (ports: AccountPorts) =>
  async ({ password, ...given }: OwnerProof, caller: Caller) =>
    withPassword<Started>(ports, caller, password, 'wrong_second_factor', async (account) => {
      const { factors, totp, cipher } = ports;
      const factor = await factors.get(account.id);
      if (isTotpOn(factor)) return TOTP_ON;
      return withFactor<Started | 'changed_since'>(ports, factor, given, async (proof) => {
        const spent = proof && (await factors.spend(proof));
        if (spent) return refusal(spent);
        const secret = totp.newSecret();
        const refused = await factors.start(account, cipher.seal(secret, account.id), !proof);
        return refused ?? { secret, otpauthUri: totp.uri(secret, account.username) };
      });
    });
