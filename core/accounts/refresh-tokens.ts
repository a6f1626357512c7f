import type { Caller } from '../caller.ts';
import type { AccountId, SessionId } from '../ids.ts';
import type { AccountPorts } from './ports.ts';
import type { Session } from './sessions.ts';

/** The parts of a refresh token. `line` is the same for the whole session, `secret` is used once. */
export type RefreshToken = Caller & { line: string; secret: string };

export const writeRefreshToken = ({ accountId, sessionId, line, secret }: RefreshToken) =>
  `${accountId}.${sessionId}.${line}.${secret}`;

const FORM = /^([0-9a-z]{1,64})\.([0-9a-z]{1,64})\.([\w-]{43})\.([\w-]{43})$/;

/** @returns `undefined` if the text has another form */
export function readRefreshToken(text: string | undefined): RefreshToken | undefined {
  const [, accountId, sessionId, line, secret] = FORM.exec(text ?? '') ?? [];
  if (!secret) return undefined;
  return { accountId: accountId as AccountId, sessionId: sessionId as SessionId, line: line!, secret };
}

/** The session of a token, which may be spent; `undefined` for a guessed one. */
export async function sessionOf(
  { sessions, secrets }: Pick<AccountPorts, 'sessions' | 'secrets'>,
  { line, ...token }: RefreshToken,
): Promise<Session | undefined> {
  const session = await sessions.get(token);
  return session?.lineDigest === secrets.digest(line) ? session : undefined;
}
