import type {
  AuthenticationResponseJSON,
  AuthenticatorTransport,
  RegistrationResponseJSON,
} from '@simplewebauthn/server';
import * as z from 'zod';
import { PASSKEY_CHALLENGE_LIFE_MS, type PasskeyOptions } from '#core/accounts/passkeys.ts';
import type { WebAuthn } from '#core/accounts/ports.ts';
import type { AccountId, PasskeyChallengeId } from '#core/ids.ts';
import type { PasskeyResponse } from '#core/step-up.ts';

/** Loaded for the first passkey, because it takes longer than the rest of a cold start of most functions. */
const library = () => import('@simplewebauthn/server');

const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'base64url'));
const base64url = (given: Uint8Array) => Buffer.from(given).toString('base64url');

const ClientData = z.object({ challenge: z.string() });
const Response = z.object({ clientDataJSON: z.string(), userHandle: z.string().optional() });

/**
 * WebAuthn Level 3 by SimpleWebAuthn. Passkeys belong to the site's hostname, and only pages of its origin may use
 * them. No attestation is requested, so that authenticators of every maker are accepted.
 *
 * @param siteOrigin such as `https://pupero.example`. Browsers accept `localhost`, but no IP address
 */
export function simpleWebAuthn(siteOrigin: string): WebAuthn {
  const { hostname: rpID, origin } = new URL(siteOrigin);
  const expected = { expectedOrigin: origin, expectedRPID: rpID, requireUserVerification: true };
  const asked = { timeout: PASSKEY_CHALLENGE_LIFE_MS };
  return {
    async registrationOptions({ id, username }, challenge, others) {
      const { generateRegistrationOptions } = await library();
      const options = await generateRegistrationOptions({
        ...asked,
        rpID,
        rpName: 'Pupero',
        userID: new Uint8Array(Buffer.from(id)),
        userName: username,
        userDisplayName: username,
        challenge: bytes(challenge),
        attestationType: 'none',
        excludeCredentials: others.map(described),
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      });
      return options as unknown as PasskeyOptions;
    },
    async credentialOf(response, challenge) {
      const { verifyRegistrationResponse } = await library();
      const { registrationInfo } = await unlessInvalid(() =>
        verifyRegistrationResponse({
          ...expected,
          response: response as unknown as RegistrationResponseJSON,
          expectedChallenge: challenge,
        }),
      );
      if (!registrationInfo) return undefined;
      const { id, publicKey, counter, transports = [] } = registrationInfo.credential;
      return { credentialId: id, publicKey: base64url(publicKey), signCount: counter, transports };
    },
    async assertionOptions(challenge, allowed) {
      const { generateAuthenticationOptions } = await library();
      const options = await generateAuthenticationOptions({
        ...asked,
        rpID,
        challenge: bytes(challenge),
        userVerification: 'required',
        ...(allowed.length > 0 && { allowCredentials: allowed.map(described) }),
      });
      return options as unknown as PasskeyOptions;
    },
    async signCountOf(response, challenge, { credentialId, publicKey, signCount }) {
      const { verifyAuthenticationResponse } = await library();
      const { verified, authenticationInfo } = await unlessInvalid(() =>
        verifyAuthenticationResponse({
          ...expected,
          response: response as unknown as AuthenticationResponseJSON,
          expectedChallenge: challenge,
          credential: { id: credentialId, publicKey: bytes(publicKey), counter: signCount },
        }),
      );
      return verified ? authenticationInfo?.newCounter : undefined;
    },
    claimsOf,
  };
}

const described = ({
  credentialId,
  transports,
}: {
  credentialId: string;
  transports: readonly string[];
}) => ({
  id: credentialId,
  transports: [...transports] as AuthenticatorTransport[],
});

/** The result of a check. The library throws an Error for everything that is wrong with an answer. */
async function unlessInvalid<T extends object>(check: () => Promise<T>): Promise<Partial<T>> {
  try {
    return await check();
  } catch {
    return {};
  }
}

function claimsOf({ response }: PasskeyResponse) {
  const read = Response.safeParse(response);
  if (!read.success) return undefined;
  const { clientDataJSON, userHandle } = read.data;
  const claimed = ClientData.safeParse(parsed(Buffer.from(clientDataJSON, 'base64url').toString()));
  if (!claimed.success) return undefined;
  return {
    challengeId: claimed.data.challenge as PasskeyChallengeId,
    accountId:
      userHandle === undefined ? undefined : (Buffer.from(userHandle, 'base64url').toString() as AccountId),
  };
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
