import type { Caller } from '../caller.ts';
import { refusal } from '../refusal.ts';
import { asOwner, type OwnerProof } from './as-owner.ts';
import { MAX_PASSKEYS } from './limits.ts';
import { newChallenge } from './passkey-answers.ts';
import type { AccountPorts } from './ports.ts';

/**
 * The options to make a passkey, with the password and the second factor if there is one. They are valid for five
 * minutes and one passkey.
 *
 * If the process dies after the second factor is spent, or after the challenge is stored, the person asks again.
 */
export const startPasskey = (ports: AccountPorts) => async (given: OwnerProof, caller: Caller) =>
  asOwner(ports, caller, given, 'wrong_second_factor', async (account, proof, factor) => {
    const { factors, webAuthn } = ports;
    const passkeys = factor?.passkeys ?? [];
    if (passkeys.length >= MAX_PASSKEYS) return refusal('too_many_open');
    const spent = proof && (await factors.spend(proof));
    if (spent) return refusal(spent);
    const { id: accountId, credentialsVersion } = account;
    const challengeId = await newChallenge(ports, { kind: 'register', accountId, credentialsVersion });
    return webAuthn.registrationOptions(account, challengeId, passkeys);
  });
