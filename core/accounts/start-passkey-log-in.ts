import type { Anyone } from '../caller.ts';
import { newChallenge } from './passkey-answers.ts';
import type { AccountPorts } from './ports.ts';

/** The options to sign in with a passkey. They are the same for everybody, because the passkey tells its account. */
export const startPasskeyLogIn = (ports: AccountPorts) => async (_input: unknown, _caller: Anyone) =>
  ports.webAuthn.assertionOptions(await newChallenge(ports, { kind: 'sign_in' }), []);
