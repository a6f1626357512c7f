import type { SessionId } from '../ids.ts';
import type { AccountPorts } from './ports.ts';
import type { Session } from './sessions.ts';

/** The parts of a refresh token. `line` is the same for the whole session, `secret` is used once. */
export type RefreshToken = { sessionId: SessionId; line: string; secret: string };

export const writeRefreshToken = ({ sessionId, line, secret }: RefreshToken) =>
  `${sessionId}.${line}.${secret}`;

/** @returns `undefined` if the text has another form */
export function readRefreshToken(text: string | undefined): RefreshToken | undefined {
  const [, sessionId, line, secret] = /^([0-9a-z]{1,64})\.([\w-]{43})\.([\w-]{43})$/.exec(text ?? '') ?? [];
  return secret ? { sessionId: sessionId as SessionId, line: line!, secret } : undefined;
}

/** The session of a token, which may be spent; `undefined` for a guessed one. */
export async function sessionOf(
  { sessions, secrets }: Pick<AccountPorts, 'sessions' | 'secrets'>,
  { sessionId, line }: RefreshToken,
): Promise<Session | undefined> {
  const session = await sessions.get(sessionId);
  return session?.lineDigest === secrets.digest(line) ? session : undefined;
}
