import type { Caller } from '../caller.ts';
import { accountEvent, changed } from './accounts.ts';
import { asOwner, type OwnerProof, refusalOfSave } from './as-owner.ts';
import type { AccountPorts } from './ports.ts';
import { isTotpOn, TOTP_OFF } from './second-factor.ts';

/**
 * Forgets the authenticator app, with the password and the second factor. Passkeys stay, and if there are any, the
 * recovery codes stay as well.
 */
export const disableTotp = (ports: AccountPorts) => async (given: OwnerProof, caller: Caller) =>
  asOwner(ports, caller, given, 'wrong_second_factor', async (account, proof, factor) => {
    if (!proof || !isTotpOn(factor)) return TOTP_OFF;
    const next = changed(account, {});
    const events = [accountEvent('totp_turned_off', next, ports.clock.now())];
    const keepsCodes = factor.passkeys.length > 0 && { keepsCodes: true as const };
    const change = { kind: 'removed' as const, proof, ...keepsCodes };
    return refusalOfSave(ports, { next, events, factor: change });
  });
