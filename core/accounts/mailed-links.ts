import type { MailTokenId } from '../ids.ts';
import { DAY_MS, HOUR_MS, type Instant, later } from '../time.ts';
import type { Account } from './accounts.ts';
import type { MailToken, MailTokenUse } from './mail-tokens.ts';
import type { AccountPorts, Secrets } from './ports.ts';

const LIFE_MS = { password_reset: HOUR_MS, email_confirmation: DAY_MS } as const satisfies Record<
  MailTokenUse['kind'],
  number
>;

type Making = { id: MailTokenId; account: Account; use: MailTokenUse; secrets: Secrets; now: Instant };

/** A new token, and its text for the link. */
export function newMailToken({ id, account, use, secrets, now }: Making): { token: MailToken; text: string } {
  const secret = secrets.token();
  const token = {
    id,
    accountId: account.id,
    credentialsVersion: account.credentialsVersion,
    digest: secrets.digest(secret),
    use,
    expiresAt: later(now, LIFE_MS[use.kind]),
  };
  return { token, text: `${id}.${secret}` };
}

type Ports = Pick<AccountPorts, 'mailTokens' | 'secrets' | 'clock'>;

/** The stored token of a link's text; `undefined` if it is malformed, guessed, used, expired or for another use. */
export async function mailTokenOf<K extends MailTokenUse['kind']>(
  { mailTokens, secrets, clock }: Ports,
  text: string,
  kind: K,
) {
  const [, id, secret] = /^([0-9a-z]{1,64})\.([\w-]{43})$/.exec(text) ?? [];
  const token = id && (await mailTokens.get(id as MailTokenId));
  if (!token || token.digest !== secrets.digest(secret!) || token.expiresAt <= clock.now()) return undefined;
  return token.use.kind === kind
    ? (token as MailToken & { use: Extract<MailTokenUse, { kind: K }> })
    : undefined;
}
