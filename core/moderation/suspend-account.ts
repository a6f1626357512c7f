import { refusal } from '../refusal.ts';
import type { Instant } from '../time.ts';
import { actOnAccount } from './acting.ts';
import type { Actor } from './actors.ts';
import { suspended } from './effects.ts';
import type { ModerationPorts } from './ports.ts';

type Input = { username: string; reason: string; until?: Instant };

/** The refusal of a suspension that would be over at once. */
export const refusedUntil = (until: Instant | undefined, now: Instant) =>
  until !== undefined && until <= now
    ? refusal('invalid_request', { errors: [{ path: 'until', message: 'must be in the future' }] })
    : undefined;

/**
 * Suspends an account, or replaces its suspension. The account can start and withdraw nothing, and its offers are paused.
 */
export const suspendAccount =
  (ports: ModerationPorts) =>
  async ({ username, reason, until }: Input, actor: Actor) => {
    const now = ports.clock.now();
    const change = (target: Parameters<typeof suspended>[0]) => suspended(target, reason, until, now);
    return (
      refusedUntil(until, now) ??
      actOnAccount(ports, actor, username, { act: 'suspend', more: { reason, until }, change })
    );
  };
