import type { Caller } from '../caller.ts';
import { accountEvent, changed } from './accounts.ts';
import { asOwner, refusalOfSave } from './as-owner.ts';
import type { AccountPorts } from './ports.ts';
import { TOTP_OFF } from './second-factor.ts';

/** Turns the second factor off with the password and a code of the app or a recovery code. */
export const disableTotp =
  (ports: AccountPorts) => async (given: { password: string; code: string }, caller: Caller) =>
    asOwner(ports, caller, given, 'wrong_second_factor', async (account, proof) => {
      if (!proof) return TOTP_OFF;
      const next = changed(account, {});
      const events = [accountEvent('totp_turned_off', next, ports.clock.now())];
      return refusalOfSave(ports, { next, events, factor: { kind: 'removed', proof } });
    });
