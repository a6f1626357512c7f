import type { Caller } from '../caller.ts';
import { newChallenge } from './passkey-answers.ts';
import type { AccountPorts } from './ports.ts';
import { NO_PASSKEY } from './second-factor.ts';

/** The options to confirm one step with a passkey. They are valid for five minutes. */
export const startStepUp =
  (ports: AccountPorts) =>
  async (_input: unknown, { accountId }: Caller) => {
    const passkeys = (await ports.factors.get(accountId))?.passkeys ?? [];
    if (passkeys.length === 0) return NO_PASSKEY;
    const challengeId = await newChallenge(ports, { kind: 'step_up', accountId });
    return { challengeId, options: await ports.webAuthn.assertionOptions(challengeId, passkeys) };
  };
