import { actOnAccount } from './acting.ts';
import type { Actor } from './actors.ts';
import { signedOut } from './effects.ts';
import type { ModerationPorts } from './ports.ts';

/** Ends all sessions of an account. */
export const signOutAccount =
  (ports: ModerationPorts) =>
  async ({ username, reason }: { username: string; reason?: string }, actor: Actor) =>
    actOnAccount(ports, actor, username, { act: 'sign_out', more: { reason }, change: signedOut });
