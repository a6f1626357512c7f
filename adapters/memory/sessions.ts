import type { Challenges, Sessions } from '#core/accounts/ports.ts';
import type { Challenge, Session } from '#core/accounts/sessions.ts';
import type { ChallengeId, SessionId } from '#core/ids.ts';

export function memorySessions(): Sessions {
  const rows = new Map<SessionId, Session>();
  return {
    get: async (id) => rows.get(id),
    async add(session) {
      rows.set(session.id, session);
    },
    async replace(next) {
      if (rows.get(next.id)?.version !== next.version - 1) return 'changed_since';
      rows.set(next.id, next);
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
