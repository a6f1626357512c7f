import type { Caller } from '../caller.ts';
import { refusal } from '../refusal.ts';
import { retryOnConflict } from '../retry-on-conflict.ts';
import { accountEvent, changed } from './accounts.ts';
import { refusalOfSave } from './as-owner.ts';
import type { AccountPorts } from './ports.ts';
import { hasApp, isTotpOn, newRecoveryCodes, proving, stepOf, TOTP_OFF, TOTP_ON } from './second-factor.ts';

/** Turns the second factor on with a first code, and returns the recovery codes, which are never shown again. */
export const confirmTotp =
  (ports: AccountPorts) =>
  async ({ code }: { code: string }, caller: Caller) =>
    proving(ports, caller, () =>
      retryOnConflict(`account ${caller.accountId}`, async () => {
        const { accounts, factors, secrets, clock } = ports;
        const { accountId } = caller;
        // The account is read before the factor, so that a factor that changed since makes the save start again.
        const account = await accounts.get(accountId);
        const factor = await factors.get(accountId);
        if (!account || !hasApp(factor)) return TOTP_OFF;
        const isVoid = factor.credentialsVersion !== account.credentialsVersion;
        if (isTotpOn(factor)) return TOTP_ON;
        if (isVoid) return TOTP_OFF;
        const step = stepOf(ports, factor, code);
        if (step === undefined) return refusal('wrong_second_factor');
        const { recoveryCodes, recoveryDigests } = newRecoveryCodes(secrets, accountId);
        const first = { confirmedAt: clock.now(), step, recoveryDigests };
        const next = changed(account, {});
        const events = [accountEvent('totp_turned_on', next, clock.now())];
        const refused = await refusalOfSave(ports, {
          next,
          events,
          factor: { kind: 'confirmed', factor, first },
        });
        return refused ?? { recoveryCodes };
      }),
    );
