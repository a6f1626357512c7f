import * as z from 'zod';
import type { PasskeyChallengeId } from '#core/ids.ts';
import { id } from './wire.ts';

export const Code = z
  .string()
  .trim()
  .min(1)
  .max(64)
  .meta({ description: 'Six digits of the authenticator app, or a recovery code' });

const Bytes = z.string().max(16_384).meta({ description: 'base64url' });
const CredentialId = z.string().min(1).max(1_364).meta({ description: 'base64url' });

/** Members of both answers. Others that browsers add are dropped. */
const credential = {
  id: CredentialId,
  rawId: CredentialId,
  type: z.literal('public-key'),
  authenticatorAttachment: z.string().max(64).nullish(),
  clientExtensionResults: z.record(z.string(), z.unknown()),
};

/** The result of `navigator.credentials.create()` as JSON. */
export const RegistrationResponse = z
  .object({
    ...credential,
    response: z.object({
      clientDataJSON: Bytes,
      attestationObject: Bytes,
      transports: z.array(z.string().max(64)).max(16).optional(),
    }),
  })
  .meta({ id: 'RegistrationResponse', description: 'RegistrationResponseJSON of WebAuthn Level 3' });

/** The result of `navigator.credentials.get()` as JSON. */
export const AuthenticationResponse = z
  .object({
    ...credential,
    response: z.object({
      clientDataJSON: Bytes,
      authenticatorData: Bytes,
      signature: Bytes,
      userHandle: Bytes.optional(),
    }),
  })
  .meta({ id: 'AuthenticationResponse', description: 'AuthenticationResponseJSON of WebAuthn Level 3' });

const PasskeyAnswer = z
  .strictObject({
    challengeId: id<PasskeyChallengeId>('a challenge of startStepUp'),
    response: AuthenticationResponse,
  })
  .meta({ id: 'PasskeyAnswer' });

/** Options for the browser. Their members are those of the standard. */
export const RegistrationOptions = z.looseObject({ challenge: z.string() }).meta({
  id: 'RegistrationOptions',
  description: 'PublicKeyCredentialCreationOptionsJSON of WebAuthn Level 3',
});
export const AuthenticationOptions = z.looseObject({ challenge: z.string() }).meta({
  id: 'AuthenticationOptions',
  description: 'PublicKeyCredentialRequestOptionsJSON of WebAuthn Level 3',
});

/** The second factor of an account that has one. */
export const stepUp = { code: Code.optional(), passkey: PasskeyAnswer.optional() };
