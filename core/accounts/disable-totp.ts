import type { Caller } from '../caller.ts';
import { refusal } from '../refusal.ts';
import { accountByPassword } from './passwords.ts';
import type { AccountPorts } from './ports.ts';
import { isOn, proofOf, proving, TOTP_OFF } from './second-factor.ts';

/** Turns the second factor off with the password and a code of the app or a recovery code. */
export const disableTotp =
  (ports: AccountPorts) =>
  async ({ password, code }: { password: string; code: string }, caller: Caller) =>
    proving(ports, caller, async () => {
      if (!(await accountByPassword(ports, caller, password))) return refusal('wrong_second_factor');
      const factor = await ports.factors.get(caller.accountId);
      if (!isOn(factor)) return TOTP_OFF;
      const proof = proofOf(ports, factor, code);
      const refused = proof ? await ports.factors.remove(proof) : 'wrong_second_factor';
      return refused && refusal(refused);
    });
