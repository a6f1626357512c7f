import type { Cipher, Secrets, Totp, WebAuthn } from '#core/accounts/ports.ts';

// Stand-ins for the adapters of secrets, which need Node. They are not secure. The simulation judges how the core uses
// them, not how they encrypt.

/** FNV-1a, 32 bits. */
function digestOf(text: string): number {
  let digest = 2_166_136_261;
  for (let at = 0; at < text.length; at += 1) digest = Math.imul(digest ^ text.charCodeAt(at), 16_777_619);
  return digest >>> 0;
}

export const fakeCipher: Cipher = {
  seal: (plain, context) => `${context}\n${plain}`,
  open(sealed, context) {
    const end = sealed.indexOf('\n');
    if (sealed.slice(0, end) !== context) throw new Error('sealed for another row');
    return sealed.slice(end + 1);
  },
};

export const fakeSecrets: Secrets = {
  token: () => 'token',
  recoveryCode: () => 'aaaa-bbbb-cccc-dddd',
  digest: (secret) => digestOf(secret).toString(36),
};

export const TOTP_STEP_MS = 30_000;

export const codeAt = (secret: string, step: number) =>
  (digestOf(`${secret}#${step}`) % 1_000_000).toString().padStart(6, '0');

export const fakeTotp: Totp = {
  newSecret: () => 'secret',
  uri: () => '',
  stepOf(secret, code, now) {
    const present = Math.floor(now / TOTP_STEP_MS);
    return [present, present - 1, present + 1].find((step) => codeAt(secret, step) === code);
  },
};

const unused = () => {
  throw new Error('nobody in the simulation has a passkey');
};

export const noWebAuthn: WebAuthn = {
  registrationOptions: unused,
  credentialOf: unused,
  assertionOptions: unused,
  signCountOf: unused,
  claimsOf: unused,
};

/** Access tokens as `account.signature`. */
export const signedToken = (account: string, key: string) => `${account}.${digestOf(`${key}#${account}`)}`;

/** The account that a token names; `undefined` if the key did not sign it. */
export function accountIn(token: string, key: string): string | undefined {
  const account = token.slice(0, token.indexOf('.'));
  return token === signedToken(account, key) ? account : undefined;
}
