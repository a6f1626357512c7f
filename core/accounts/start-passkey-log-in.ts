import type { Anyone } from '../caller.ts';
import type { SignInCall } from './calls.ts';
import { newChallenge } from './passkey-answers.ts';
import type { AccountPorts } from './ports.ts';

/** The options to sign in with a passkey. They are the same for everybody, because the passkey tells its account. */
export const startPasskeyLogIn =
  (ports: AccountPorts) =>
  async (_input: unknown, _caller: Anyone, call: Pick<SignInCall, 'clientAddress'>) => {
    const tooMany = await ports.throttle.passkey(call);
    return tooMany ?? ports.webAuthn.assertionOptions(await newChallenge(ports, { kind: 'sign_in' }), []);
  };
