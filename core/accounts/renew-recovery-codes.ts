import type { Caller } from '../caller.ts';
import { accountEvent, changed } from './accounts.ts';
import { asOwner, type OwnerProof, refusalOfSave } from './as-owner.ts';
import type { AccountPorts } from './ports.ts';
import { newRecoveryCodes, TOTP_OFF } from './second-factor.ts';

/** Replaces the recovery codes, with the password and the second factor. The old codes are void. */
export const renewRecoveryCodes = (ports: AccountPorts) => async (given: OwnerProof, caller: Caller) =>
  asOwner(ports, caller, given, 'wrong_second_factor', async (account, proof) => {
    if (!proof) return TOTP_OFF;
    const { recoveryCodes, recoveryDigests } = newRecoveryCodes(ports.secrets, account.id);
    const next = changed(account, {});
    const events = [accountEvent('recovery_codes_renewed', next, ports.clock.now())];
    const factor = { kind: 'renewed' as const, proof, recoveryDigests };
    return (await refusalOfSave(ports, { next, events, factor })) ?? { recoveryCodes };
  });
