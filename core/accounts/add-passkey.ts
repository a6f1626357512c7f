import type { Caller } from '../caller.ts';
import type { PasskeyChallengeId } from '../ids.ts';
import { type Refusal, refusal } from '../refusal.ts';
import { retryOnConflict } from '../retry-on-conflict.ts';
import type { PasskeyResponse } from '../step-up.ts';
import { type Account, accountEvent, changed } from './accounts.ts';
import { refusalOfSave } from './as-owner.ts';
import { MAX_PASSKEYS } from './limits.ts';
import { openUse, passkeyIdOf } from './passkey-answers.ts';
import { type Passkey, type PasskeyView, passkeyView } from './passkeys.ts';
import type { AccountPorts } from './ports.ts';
import { isTotpOn, newRecoveryCodes, proving } from './second-factor.ts';

/** Whether startPasskey made this challenge for this account, and its password was not changed since. */
async function isOpenFor(
  ports: Pick<AccountPorts, 'factors' | 'clock'>,
  challengeId: PasskeyChallengeId,
  { id, credentialsVersion }: Account,
): Promise<boolean> {
  const use = await openUse(ports, challengeId);
  return use?.kind === 'register' && use.accountId === id && use.credentialsVersion === credentialsVersion;
}

type Input = { name: string; response: PasskeyResponse };

/**
 * Stores the passkey that startPasskey gave the options for, and uses its challenge up. An account without recovery
 * codes gets them, because a lost passkey must not lock its owner out. They are shown once.
 *
 * If the process dies after the save, the passkey works, but the person has not seen the recovery codes, and
 * renews them.
 */
export const addPasskey =
  (ports: AccountPorts) =>
  async ({ name, response }: Input, caller: Caller) =>
    proving(ports, caller, () =>
      retryOnConflict<(PasskeyView & { recoveryCodes?: string[] }) | Refusal>(
        `account ${caller.accountId}`,
        async () => {
          const { accounts, factors, webAuthn, secrets, clock } = ports;
          const { accountId } = caller;
          const challengeId = webAuthn.claimsOf(response)?.challengeId;
          // The account is read before the factor, so that a factor that changed since makes the save start again.
          const account = await accounts.get(accountId);
          if (!challengeId || !account || !(await isOpenFor(ports, challengeId, account)))
            return refusal('wrong_second_factor');
          const credential = await webAuthn.credentialOf(response, challengeId);
          if (!credential) return refusal('wrong_second_factor');
          const factor = await factors.get(accountId);
          if ((factor?.passkeys.length ?? 0) >= MAX_PASSKEYS) return refusal('too_many_open');
          const now = clock.now();
          const id = passkeyIdOf(secrets, credential.credentialId);
          const passkey: Passkey = { ...credential, id, accountId, name, createdAt: now };
          const codes = factor?.recoveryDigests.length ? undefined : newRecoveryCodes(secrets, accountId);
          const next = changed(account, {});
          const refused = await refusalOfSave(ports, {
            next,
            events: [accountEvent('passkey_added', next, now)],
            factor: {
              kind: 'passkey_added',
              passkey,
              challengeId,
              ...(codes && { recoveryDigests: codes.recoveryDigests, forgetsApp: !isTotpOn(factor) }),
            },
          });
          return (
            refused ?? {
              ...passkeyView(passkey),
              ...(codes && { recoveryCodes: codes.recoveryCodes }),
            }
          );
        },
      ),
    );
