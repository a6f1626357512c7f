import type { Caller } from '../caller.ts';
import { withPassword } from './as-owner.ts';
import type { AccountPorts } from './ports.ts';
import { TOTP_ON } from './second-factor.ts';

/** Makes a secret for the authenticator app. It takes effect when confirmed, and may be replaced until then. */
export const startTotp =
  (ports: AccountPorts) =>
  async ({ password }: { password: string }, caller: Caller) =>
    withPassword(ports, caller, password, 'wrong_second_factor', async (account) => {
      const secret = ports.totp.newSecret();
      const refused = await ports.factors.start(account.id, ports.cipher.seal(secret, account.id));
      return refused ? TOTP_ON : { secret, otpauthUri: ports.totp.uri(secret, account.username) };
    });
