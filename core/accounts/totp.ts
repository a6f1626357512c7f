import type { Caller } from '#core/caller.ts';
import { refusal } from '#core/refusal.ts';
import { normalPassword } from './passwords.ts';
import type { Accounts, Passwords } from './ports.ts';
import { isOn, proofOf, proving, recoveryDigest, type SecondFactorPorts, stepOf } from './second-factor.ts';

export type TotpPorts = SecondFactorPorts & { accounts: Accounts; passwords: Passwords };

const RECOVERY_CODES = 10;

const OFF = refusal('out_of_order', { state: 'off' });
const ON = refusal('out_of_order', { state: 'on' });

/** The caller's account if the password is right, because an open page alone must not change the second factor. */
async function proven({ accounts, passwords }: TotpPorts, { accountId }: Caller, password: string) {
  const account = await accounts.get(accountId);
  if (!account) return undefined;
  const fits = await passwords.inTurn(({ verify }) => verify(normalPassword(password), account.passwordHash));
  return fits ? account : undefined;
}

/** Makes a secret for the authenticator app. It takes effect when confirmed, and may be replaced until then. */
export const startTotp =
  (ports: TotpPorts) =>
  async ({ password }: { password: string }, caller: Caller) =>
    proving(ports, caller, async () => {
      const account = await proven(ports, caller, password);
      if (!account) return refusal('wrong_second_factor');
      const secret = ports.totp.newSecret();
      const refused = await ports.factors.start(account.id, ports.cipher.seal(secret, account.id));
      return refused ? ON : { secret, otpauthUri: ports.totp.uri(secret, account.username) };
    });

/** Turns the second factor on with a first code, and returns the recovery codes, which are never shown again. */
export const confirmTotp =
  (ports: TotpPorts) =>
  async ({ code }: { code: string }, caller: Caller) =>
    proving(ports, caller, async () => {
      const { factors, secrets, clock } = ports;
      const { accountId } = caller;
      const factor = await factors.get(accountId);
      if (!factor || isOn(factor)) return factor ? ON : OFF;
      const step = stepOf(ports, factor, code);
      if (step === undefined) return refusal('wrong_second_factor');
      const recoveryCodes = Array.from({ length: RECOVERY_CODES }, () => secrets.recoveryCode());
      const recoveryDigests = recoveryCodes.map((one) => recoveryDigest(secrets, accountId, one));
      const refused = await factors.confirm(factor, { confirmedAt: clock.now(), step, recoveryDigests });
      return refused ? ON : { recoveryCodes };
    });

/** Turns the second factor off with the password and a code of the app or a recovery code. */
export const disableTotp =
  (ports: TotpPorts) =>
  async ({ password, code }: { password: string; code: string }, caller: Caller) =>
    proving(ports, caller, async () => {
      if (!(await proven(ports, caller, password))) return refusal('wrong_second_factor');
      const factor = await ports.factors.get(caller.accountId);
      if (!isOn(factor)) return OFF;
      const proof = proofOf(ports, factor, code);
      const refused = proof ? await ports.factors.remove(proof) : 'wrong_second_factor';
      return refused && refusal(refused);
    });
