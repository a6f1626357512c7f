import fc from 'fast-check';
import type { AccountId, SessionId } from '../ids.ts';
import { asInstant, later } from '../time.ts';
import { openedSession, ROTATION_GRACE_MS, traded } from './sessions.ts';
import { MEMBER } from './standing.ts';

const opened = () =>
  openedSession(
    {
      id: 's' as SessionId,
      accountId: 'a' as AccountId,
      device: {},
      credentialsVersion: 1,
      standing: MEMBER,
      remember: false,
      lineDigest: 'l',
    },
    '0',
    asInstant(0),
  );

test('accepts exactly the valid and the recently spent tokens of a session', () => {
  const steps = fc.array(fc.record({ waitMs: fc.nat(ROTATION_GRACE_MS + 2_000), pick: fc.nat(1_000) }), {
    maxLength: 40,
  });
  fc.assert(
    fc.property(steps, (uses) => {
      let session = opened();
      let now = asInstant(0);
      // The model: when each token that was ever given out was spent.
      const spentAt = new Map<string, number | undefined>([['0', undefined]]);
      for (const [index, { waitMs, pick }] of uses.entries()) {
        now = later(now, waitMs);
        const used = [...spentAt.keys()][pick % spentAt.size]!;
        const spent = spentAt.get(used);
        const next = traded(session, used, `${index + 1}`, now);
        expect(next !== undefined).toBe(spent === undefined || now - spent < ROTATION_GRACE_MS);
        if (!next) return;
        if (spent === undefined)
          for (const [token, at] of spentAt) if (at === undefined) spentAt.set(token, now);
        spentAt.set(`${index + 1}`, undefined);
        expect(next.kind).toBe(spent === undefined ? 'rotation' : 'addition');
        session = next.session;
      }
    }),
  );
});
