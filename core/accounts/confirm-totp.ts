import type { Caller } from '../caller.ts';
import { refusal } from '../refusal.ts';
import type { AccountPorts } from './ports.ts';
import { isOn, proving, recoveryDigest, stepOf, TOTP_OFF, TOTP_ON } from './second-factor.ts';

const RECOVERY_CODES = 10;

/** Turns the second factor on with a first code, and returns the recovery codes, which are never shown again. */
export const confirmTotp =
  (ports: AccountPorts) =>
  async ({ code }: { code: string }, caller: Caller) =>
    proving(ports, caller, async () => {
      const { factors, secrets, clock } = ports;
      const { accountId } = caller;
      const factor = await factors.get(accountId);
      if (!factor || isOn(factor)) return factor ? TOTP_ON : TOTP_OFF;
      const step = stepOf(ports, factor, code);
      if (step === undefined) return refusal('wrong_second_factor');
      const recoveryCodes = Array.from({ length: RECOVERY_CODES }, () => secrets.recoveryCode());
      const recoveryDigests = recoveryCodes.map((one) => recoveryDigest(secrets, accountId, one));
      const refused = await factors.confirm(factor, { confirmedAt: clock.now(), step, recoveryDigests });
      return refused ? TOTP_ON : { recoveryCodes };
    });
