import type { Role } from '../accounts/standing.ts';
import { actOnAccount } from './acting.ts';
import { OPERATOR } from './actors.ts';
import { withRole } from './effects.ts';
import type { ModerationPorts } from './ports.ts';

/**
 * Gives an account a role, in place of the one it had. Only the operator's command line calls this. The account's
 * sessions end, and the next sign-in has the role.
 */
export const grantRole =
  (ports: ModerationPorts) =>
  async ({ username, role }: { username: string; role: Exclude<Role, 'member'> }) =>
    actOnAccount(ports, OPERATOR, username, {
      act: 'grant',
      more: { role },
      change: (target) => withRole(target, role),
    });
