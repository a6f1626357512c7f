import * as z from 'zod';
import { MAX_PASSKEYS, PASSKEY_NAME_MAX_LENGTH, RECOVERY_CODES } from '#core/accounts/limits.ts';
import type { PasskeyChallengeId, PasskeyId } from '#core/ids.ts';
import { Proof, SignedIn } from './auth.ts';
import { operation } from './operation.ts';
import {
  AuthenticationOptions,
  AuthenticationResponse,
  RegistrationOptions,
  RegistrationResponse,
  stepUp,
} from './second-factor.ts';
import { line } from './visible-text.ts';
import { At, id, listOf } from './wire.ts';

const Name = line(PASSKEY_NAME_MAX_LENGTH);
const one = z.strictObject({ passkeyId: id<PasskeyId>('a passkey') });

const passkey = {
  id: id<PasskeyId>('a passkey'),
  name: z.string(),
  createdAt: At,
  lastUsedAt: At.optional(),
};
export const Passkey = z.strictObject(passkey).meta({ id: 'Passkey' });
const AddedPasskey = z
  .strictObject({
    ...passkey,
    recoveryCodes: z
      .array(z.string())
      .length(RECOVERY_CODES)
      .optional()
      .meta({ description: 'Shown once, to an account that had none' }),
  })
  .meta({ id: 'AddedPasskey' });

export const startPasskey = operation({
  name: 'startPasskey',
  route: 'POST /me/passkeys/options',
  summary: `Get the options to make a passkey, with password and second factor. An account has ${MAX_PASSKEYS} at most.`,
  caller: 'account',
  body: z.strictObject({ password: Proof, ...stepUp }),
  success: { 200: RegistrationOptions },
  problems: ['second_factor_required', 'wrong_second_factor', 'too_many_open', 'too_many_requests'],
});

export const addPasskey = operation({
  name: 'addPasskey',
  route: 'POST /me/passkeys',
  summary: 'Add the passkey that was made with the options of startPasskey.',
  caller: 'account',
  body: z.strictObject({ name: Name, response: RegistrationResponse }),
  success: { 201: AddedPasskey },
  problems: ['wrong_second_factor', 'out_of_order', 'too_many_open', 'too_many_requests'],
});

export const listPasskeys = operation({
  name: 'listPasskeys',
  route: 'GET /me/passkeys',
  summary: "The caller's passkeys, newest first.",
  caller: 'account',
  success: { 200: listOf(Passkey) },
  problems: [],
});

export const renamePasskey = operation({
  name: 'renamePasskey',
  route: 'PATCH /me/passkeys/{passkeyId}',
  summary: 'Give a passkey another name.',
  caller: 'account',
  path: one,
  body: z.strictObject({ name: Name }),
  success: { 200: Passkey },
  problems: ['not_found'],
});

export const removePasskey = operation({
  name: 'removePasskey',
  route: 'DELETE /me/passkeys/{passkeyId}',
  summary:
    'Remove a passkey, with password and second factor. It can neither sign in nor confirm from then on.',
  caller: 'account',
  path: one,
  body: z.strictObject({ password: Proof, ...stepUp }),
  success: { 204: null },
  problems: ['not_found', 'second_factor_required', 'wrong_second_factor', 'too_many_requests'],
});

export const startStepUp = operation({
  name: 'startStepUp',
  route: 'POST /me/passkeys/challenge',
  summary: 'Get the options to confirm one step with a passkey. They are valid for five minutes.',
  caller: 'account',
  success: {
    201: z.strictObject({
      challengeId: id<PasskeyChallengeId>('this challenge'),
      options: AuthenticationOptions,
    }),
  },
  problems: ['out_of_order'],
});

export const startPasskeyLogIn = operation({
  name: 'startPasskeyLogIn',
  route: 'POST /auth/passkey/options',
  summary: 'Get the options to sign in with a passkey. They are valid for five minutes.',
  caller: 'anyone',
  success: { 200: AuthenticationOptions },
  problems: ['too_many_requests'],
});

export const logInWithPasskey = operation({
  name: 'logInWithPasskey',
  route: 'POST /auth/passkey',
  summary: 'Sign in with a passkey alone.',
  caller: 'anyone',
  body: z.strictObject({ response: AuthenticationResponse, remember: z.boolean().optional() }),
  success: { 200: SignedIn },
  problems: ['wrong_code'],
});
