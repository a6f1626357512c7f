import { refusal } from '../refusal.ts';
import { actOnAccount } from './acting.ts';
import { OPERATOR } from './actors.ts';
import { withRole } from './effects.ts';
import type { ModerationPorts } from './ports.ts';

/** Makes an account a member again. Only the operator's command line calls this. Its sessions end at once. */
export const revokeRole =
  (ports: ModerationPorts) =>
  async ({ username }: { username: string }) =>
    actOnAccount(ports, OPERATOR, username, {
      act: 'revoke',
      change: (target) =>
        target.role ? withRole(target, undefined) : refusal('out_of_order', { state: 'member' }),
    });
