import type { Caller } from '../caller.ts';
import { refusal } from '../refusal.ts';
import { retryOnConflict } from '../retry-on-conflict.ts';
import { accountEvent, changed } from './accounts.ts';
import { refusalOfSave } from './as-owner.ts';
import { mailTokenOf } from './mailed-links.ts';
import type { AccountPorts } from './ports.ts';

/** Makes an address the account's, with the token of the link that was mailed to it. */
export const confirmEmail =
  (ports: AccountPorts) =>
  async ({ token: text }: { token: string }, { accountId }: Caller) =>
    retryOnConflict(`account ${accountId}`, async () => {
      const token = await mailTokenOf(ports, text, 'email_confirmation');
      const account = token?.accountId === accountId ? await ports.accounts.get(accountId) : undefined;
      if (!token || account?.credentialsVersion !== token.credentialsVersion) return refusal('invalid_token');
      const next = changed(account, { email: token.use.email });
      return refusalOfSave(ports, {
        next,
        events: [accountEvent('email_changed', next, ports.clock.now())],
        usedToken: token.id,
        emails: { former: account.email, next: next.email },
      });
    });
