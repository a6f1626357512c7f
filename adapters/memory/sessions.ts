import type { Challenges, Sessions } from '#core/accounts/ports.ts';
import { type Challenge, MAX_LIVE, type Session } from '#core/accounts/sessions.ts';
import type { ChallengeId, SessionId } from '#core/ids.ts';

export function memorySessions(): Sessions {
  const rows = new Map<SessionId, Session>();
  return {
    get: async (id) => rows.get(id),
    async add(session) {
      rows.set(session.id, session);
    },
    async trade(read, { kind, session }) {
      const stored = rows.get(read.id);
      if (!stored || stored.version !== read.version || stored.endedAt !== undefined) return 'changed_since';
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
    async end(id, now) {
      const session = rows.get(id);
      if (!session || session.endedAt !== undefined) return;
      rows.set(id, { ...session, endedAt: now, version: session.version + 1 });
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
