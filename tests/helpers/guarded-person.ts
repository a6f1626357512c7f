import { authenticator, type Faults } from './authenticator.ts';
import { client } from './client.ts';
import { anAddress, mailTo, tokenIn } from './mailbox.ts';
import { type Person, person } from './person.ts';
import { theSandbox } from './sandbox.ts';
import { codeOf } from './totp.ts';

export const CONFIRM_EMAIL = 'Confirm your e-mail address';
export const RESET_PASSWORD = 'Reset your password';

/** A person whose address is confirmed. */
export async function personWithEmail() {
  const someone = await person();
  const { password } = someone;
  const email = anAddress();
  await someone.changeEmail({ email, password });
  await someone.confirmEmail({ token: tokenIn(await mailTo(email, CONFIRM_EMAIL)) });
  return { ...someone, email };
}

/** Turns on the second factor with the code of this time step. The next code is of the step after it. */
export async function withTotp<P extends Person>(someone: P) {
  const { secret, otpauthUri } = await someone.startTotp({ password: someone.password });
  const { recoveryCodes } = await someone.confirmTotp({ code: codeOf(secret) });
  return { someone, secret, otpauthUri, recoveryCodes, challenge: () => challengeOf(someone) };
}

/** A person with a second factor that was confirmed with the code of this time step. */
export const carefulPerson = async () => withTotp(await person());

/** Adds a passkey to an account without a second factor. */
export async function withPasskey<P extends Person>(someone: P) {
  const key = authenticator(theSandbox().siteUrl);
  const options = await someone.startPasskey({ password: someone.password });
  const added = await someone.addPasskey({ name: 'Laptop', response: key.register(options) });
  const { id: passkeyId, recoveryCodes = [] } = added;
  /** An answer for one step. */
  const answer = async (faults?: Faults) => {
    const { challengeId, options: asked } = await someone.startStepUp();
    return { challengeId, response: key.answer(asked, faults) };
  };
  return { someone, key, passkeyId, recoveryCodes, answer, challenge: () => challengeOf(someone) };
}

/** A person with a passkey, which is the only second factor. */
export const personWithPasskey = async () => withPasskey(await person());

/** Signs in elsewhere, up to the second factor. */
async function challengeOf({ username, password }: Person) {
  const elsewhere = client();
  const { challengeToken, passkeyOptions } = await asked(elsewhere.logIn({ login: username, password }));
  return { ...elsewhere, challengeToken, passkeyOptions };
}

async function asked<Answer extends { status: string }>(signIn: Promise<Answer>) {
  const answer = await signIn;
  if (answer.status !== 'second_factor_required') throw new Error('No second factor was asked for.');
  return answer as Extract<Answer, { status: 'second_factor_required' }>;
}
