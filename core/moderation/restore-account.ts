import { suspensionOf } from '../accounts/standing.ts';
import { refusal } from '../refusal.ts';
import { actOnAccount } from './acting.ts';
import type { Actor } from './actors.ts';
import { restored } from './effects.ts';
import type { ModerationPorts } from './ports.ts';

/** The refusal of a step that needs a suspension. */
export const NOT_SUSPENDED = refusal('out_of_order', { state: 'not_suspended' });

/** Lifts a suspension. Offers stay paused until their owner resumes them. */
export const restoreAccount =
  (ports: ModerationPorts) =>
  async ({ username, reason }: { username: string; reason?: string }, actor: Actor) => {
    const now = ports.clock.now();
    return actOnAccount(ports, actor, username, {
      act: 'restore',
      more: { reason },
      change: (target) => (suspensionOf(target, now) ? restored(target, now) : NOT_SUSPENDED),
    });
  };
