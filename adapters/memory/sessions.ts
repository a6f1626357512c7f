import type { Challenges, Sessions } from '#core/accounts/ports.ts';
import { type Challenge, MAX_LIVE, type Session } from '#core/accounts/sessions.ts';
import type { Caller } from '#core/caller.ts';
import type { ChallengeId, SessionId } from '#core/ids.ts';
import type { MemoryBooks } from './books.ts';

export function memorySessions(books: MemoryBooks): Sessions {
  const rows = new Map<SessionId, Session>();
  const get = ({ accountId, sessionId }: Caller) => {
    const session = rows.get(sessionId);
    return session?.accountId === accountId ? session : undefined;
  };
  return {
    get: async (caller) => get(caller),
    async ofAccount(accountId, { after, limit }) {
      const found = [...rows.values()]
        .filter((session) => session.accountId === accountId && (!after || session.id < after.before!))
        .sort((a, b) => (a.id < b.id ? 1 : -1));
      const items = found.slice(0, limit);
      return found.length > limit ? { items, next: { before: items.at(-1)!.id } } : { items };
    },
    async add(session, events) {
      rows.set(session.id, session);
      books.apply([], events);
    },
    async trade(read, { kind, session }) {
      const stored = rows.get(read.id);
      if (!stored || stored.version !== read.version) return 'changed_since';
      if (kind === 'rotation') {
        if (stored.live.length !== read.live.length) return 'changed_since';
        rows.set(session.id, session);
        return undefined;
      }
      if (stored.live.length >= MAX_LIVE) return 'changed_since';
      const { lastUsedAt, expiresAt, live } = session;
      rows.set(session.id, { ...stored, lastUsedAt, expiresAt, live: [...stored.live, live.at(-1)!] });
      return undefined;
    },
    async end(caller) {
      const session = get(caller);
      if (session) rows.delete(session.id);
    },
    async keep(caller, credentialsVersion) {
      const session = get(caller);
      if (session) rows.set(session.id, { ...session, credentialsVersion, version: session.version + 1 });
    },
  };
}

export function memoryChallenges(): Challenges {
  const rows = new Map<ChallengeId, { challenge: Challenge; tries: number }>();
  return {
    async add(challenge) {
      rows.set(challenge.id, { challenge, tries: 0 });
    },
    async takeTry(id, digest, tries, now) {
      const row = rows.get(id);
      if (row?.challenge.digest !== digest || row.tries >= tries || row.challenge.expiresAt <= now)
        return undefined;
      row.tries += 1;
      return row.challenge;
    },
    close: async (id) => rows.delete(id),
  };
}
