import * as z from 'zod';
import {
  ANTI_PHISHING_PHRASE_MAX_LENGTH,
  charactersIn,
  DISPLAY_NAME_MAX_LENGTH,
  EMAIL_MAX_LENGTH,
  LANGUAGES,
  PASSWORD_MAX_CHARACTERS,
  PASSWORD_MIN_CHARACTERS,
  RECOVERY_CODES,
  USERNAME,
} from '#core/accounts/limits.ts';
import { ROLES } from '#core/accounts/standing.ts';
import type { AccountId, SessionId } from '#core/ids.ts';
import { MAX_COUNTED } from '#core/notices/limits.ts';
import { functionHealth } from './function-health.ts';
import { operation } from './operation.ts';
import { AuthenticationOptions, AuthenticationResponse, Code, stepUp } from './second-factor.ts';
import { line } from './visible-text.ts';
import { At, id, listOf, paging } from './wire.ts';

const DisplayName = line(DISPLAY_NAME_MAX_LENGTH);
const Language = z.enum(LANGUAGES);
const Phrase = line(ANTI_PHISHING_PHRASE_MAX_LENGTH).meta({
  description: 'Words that pages and mails of this site show, so that others are recognised as forged',
});

export const Account = z
  .strictObject({
    id: id<AccountId>('an account'),
    username: z.string(),
    displayName: z.string().optional(),
    language: Language,
    antiPhishingPhrase: z.string().optional(),
    email: z.string().optional().meta({ description: 'Absent until it is confirmed' }),
    emailConfirmed: z.boolean(),
    totpEnabled: z.boolean(),
    passkeys: z.int(),
    recoveryCodesLeft: z.int().optional().meta({ description: 'Absent without a second factor' }),
    role: z.enum(ROLES),
    suspended: z
      .strictObject({ reason: z.string(), until: At.optional(), appealed: z.boolean() })
      .optional()
      .meta({ description: 'Without `until` it lasts until it is lifted' }),
    warning: z.strictObject({ reason: z.string(), at: At }).optional(),
    unreadNotices: z.int().meta({ description: `At most ${MAX_COUNTED} are counted` }),
    createdAt: At,
  })
  .meta({ id: 'Account' });

export const Session = z
  .strictObject({
    id: id<SessionId>('a session'),
    browser: z.string().optional().meta({ description: 'As it names itself' }),
    system: z.string().optional(),
    current: z.boolean().meta({ description: 'Whether this request belongs to it' }),
    remember: z.boolean(),
    createdAt: At,
    lastUsedAt: At,
    expiresAt: At,
  })
  .meta({ id: 'Session' });

export const SignedIn = z
  .strictObject({
    status: z.literal('signed_in'),
    account: Account,
    accessToken: z.string(),
    accessTokenExpiresAt: At,
  })
  .meta({ id: 'SignedIn' });

const SecondFactorRequired = z
  .strictObject({
    status: z.literal('second_factor_required'),
    challengeToken: z.string(),
    factors: z.array(z.enum(['passkey', 'totp', 'recovery_code'])),
    passkeyOptions: AuthenticationOptions.optional(),
  })
  .meta({ id: 'SecondFactorRequired' });

const Username = z
  .string()
  .regex(USERNAME, 'must be 3 to 30 letters, digits, - or _, beginning and ending with a letter or digit');
const characters = (min: number, max: number) =>
  z
    .string()
    .refine(
      (text) => charactersIn(text) >= min && charactersIn(text) <= max,
      `must have ${min} to ${max} characters`,
    )
    .meta({ minLength: min, maxLength: max });
const Password = characters(PASSWORD_MIN_CHARACTERS, PASSWORD_MAX_CHARACTERS);
/** A password to sign in with. Only its length is checked, so that old passwords stay usable. */
export const Proof = characters(1, PASSWORD_MAX_CHARACTERS);
const Email = z.email().max(EMAIL_MAX_LENGTH);
/** The token in a mailed link. */
const MailToken = z.string().min(1).max(256);
const RecoveryCodes = z.strictObject({ recoveryCodes: z.array(z.string()).length(RECOVERY_CODES) });

export const registerAccount = operation({
  name: 'registerAccount',
  route: 'POST /auth/register',
  summary: 'Open an account and sign in with it.',
  caller: 'anyone',
  body: z.strictObject({ username: Username, password: Password, language: Language.optional() }),
  success: { 201: SignedIn },
  problems: ['username_taken', 'password_too_common', 'too_many_requests'],
});

export const logIn = operation({
  name: 'logIn',
  route: 'POST /auth/login',
  summary: 'Sign in, or get a challenge for the second factor.',
  caller: 'anyone',
  body: z.strictObject({
    login: z.string().min(1).max(254),
    password: Proof,
    remember: z.boolean().optional(),
  }),
  success: { 200: z.discriminatedUnion('status', [SignedIn, SecondFactorRequired]) },
  problems: ['wrong_credentials', 'too_many_requests'],
});

export const logInSecondFactor = operation({
  name: 'logInSecondFactor',
  route: 'POST /auth/login/second-factor',
  summary: 'Finish signing in with a code or a passkey.',
  caller: 'anyone',
  body: z
    .strictObject({
      challengeToken: z.string().min(1).max(256),
      code: Code.optional(),
      passkey: AuthenticationResponse.optional(),
    })
    .refine(
      ({ code, passkey }) => (code === undefined) !== (passkey === undefined),
      'give either code or passkey',
    ),
  success: { 200: SignedIn },
  problems: ['wrong_code', 'too_many_requests'],
});

export const refreshSession = operation({
  name: 'refreshSession',
  route: 'POST /auth/refresh',
  summary: 'Get a new access token and the next refresh cookie for a refresh cookie.',
  caller: 'refresh_cookie',
  success: { 200: SignedIn },
  problems: ['session_ended', 'not_allowed', 'too_many_requests'],
});

export const logOut = operation({
  name: 'logOut',
  route: 'POST /auth/logout',
  summary: 'End the session of the refresh cookie.',
  caller: 'refresh_cookie',
  success: { 204: null },
  problems: ['not_allowed'],
});

export const requestPasswordReset = operation({
  name: 'requestPasswordReset',
  route: 'POST /auth/password-reset',
  summary: 'Mail a link to set a new password. The answer is the same for unknown addresses.',
  caller: 'anyone',
  body: z.strictObject({ email: Email }),
  success: { 202: null },
  problems: ['too_many_requests'],
});

export const confirmPasswordReset = operation({
  name: 'confirmPasswordReset',
  route: 'POST /auth/password-reset/confirm',
  summary: 'Set a new password with the token of the mailed link, and end all sessions.',
  caller: 'anyone',
  body: z.strictObject({ token: MailToken, newPassword: Password }),
  success: { 204: null },
  problems: ['invalid_token', 'password_too_common'],
});

export const getMe = operation({
  name: 'getMe',
  route: 'GET /me',
  summary: "The caller's own account.",
  caller: 'account',
  success: { 200: Account },
  problems: [],
});

export const updateMe = operation({
  name: 'updateMe',
  route: 'PATCH /me',
  summary: "Change the caller's profile. A field that is left out stays, and null removes it.",
  caller: 'account',
  body: z.strictObject({
    displayName: DisplayName.nullable().optional(),
    language: Language.optional(),
    antiPhishingPhrase: Phrase.nullable().optional(),
  }),
  success: { 200: Account },
  problems: [],
});

export const changePassword = operation({
  name: 'changePassword',
  route: 'POST /me/password',
  summary: 'Change the password and end all other sessions.',
  caller: 'account',
  body: z.strictObject({ currentPassword: Proof, newPassword: Password, ...stepUp }),
  success: { 204: null },
  problems: [
    'wrong_password',
    'password_too_common',
    'second_factor_required',
    'wrong_second_factor',
    'too_many_requests',
  ],
});

export const changeEmail = operation({
  name: 'changeEmail',
  route: 'POST /me/email',
  summary: 'Mail a link that confirms a new address, or remove the address with null.',
  caller: 'account',
  body: z.strictObject({ email: Email.nullable(), password: Proof, ...stepUp }),
  success: { 202: null },
  problems: ['wrong_password', 'second_factor_required', 'wrong_second_factor', 'too_many_requests'],
});

export const confirmEmail = operation({
  name: 'confirmEmail',
  route: 'POST /me/email/confirm',
  summary: 'Confirm the new address with the token of the mailed link.',
  caller: 'account',
  body: z.strictObject({ token: MailToken }),
  success: { 204: null },
  problems: ['invalid_token'],
});

export const listSessions = operation({
  name: 'listSessions',
  route: 'GET /me/sessions',
  summary: "The live sessions of the caller's account, newest first.",
  caller: 'account',
  paged: true,
  query: z.strictObject(paging),
  success: { 200: listOf(Session) },
  problems: [],
});

export const endSession = operation({
  name: 'endSession',
  route: 'DELETE /me/sessions/{sessionId}',
  summary: 'End one session. Its access tokens stop at once.',
  caller: 'account',
  path: z.strictObject({ sessionId: id<SessionId>('a session') }),
  success: { 204: null },
  problems: ['not_found'],
});

export const endOtherSessions = operation({
  name: 'endOtherSessions',
  route: 'DELETE /me/sessions',
  summary: "End all sessions except the caller's own.",
  caller: 'account',
  success: { 204: null },
  problems: [],
});

export const startTotp = operation({
  name: 'startTotp',
  route: 'POST /me/totp',
  summary: 'Get a secret for an authenticator app. It takes effect once confirmed.',
  caller: 'account',
  body: z.strictObject({ password: Proof, ...stepUp }),
  success: { 200: z.strictObject({ secret: z.string(), otpauthUri: z.string() }) },
  problems: ['second_factor_required', 'wrong_second_factor', 'out_of_order', 'too_many_requests'],
});

export const confirmTotp = operation({
  name: 'confirmTotp',
  route: 'POST /me/totp/confirm',
  summary: 'Turn the second factor on with a first code, and get recovery codes.',
  caller: 'account',
  body: z.strictObject({ code: Code }),
  success: { 200: RecoveryCodes },
  problems: ['wrong_second_factor', 'out_of_order', 'too_many_requests'],
});

export const disableTotp = operation({
  name: 'disableTotp',
  route: 'DELETE /me/totp',
  summary: 'Forget the authenticator app, with password and second factor.',
  caller: 'account',
  body: z.strictObject({ password: Proof, ...stepUp }),
  success: { 204: null },
  problems: ['second_factor_required', 'wrong_second_factor', 'out_of_order', 'too_many_requests'],
});

export const renewRecoveryCodes = operation({
  name: 'renewRecoveryCodes',
  route: 'POST /me/recovery-codes',
  summary: 'Get new recovery codes, with password and second factor. The old ones are void.',
  caller: 'account',
  body: z.strictObject({ password: Proof, ...stepUp }),
  success: { 200: RecoveryCodes },
  problems: ['second_factor_required', 'wrong_second_factor', 'out_of_order', 'too_many_requests'],
});

export const getAuthHealth = functionHealth('auth');
