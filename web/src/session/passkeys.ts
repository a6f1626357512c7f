import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/browser';

/** Why no passkey works on this page. Browsers allow them on https and localhost, and not at an IP address. */
export type PasskeyObstacle = 'ip_address' | 'insecure' | 'unsupported';

/** IPv6 addresses are in brackets. */
const IP_ADDRESS = /^(\[|[\d.]+$)/;

/** @returns undefined if passkeys work here */
export function passkeyObstacle(): PasskeyObstacle | undefined {
  if (IP_ADDRESS.test(location.hostname)) return 'ip_address';
  if (!isSecureContext) return 'insecure';
  return typeof PublicKeyCredential === 'function' ? undefined : 'unsupported';
}

/** Why there is no answer of a passkey. `none`: the account has no passkey any more. */
export type PasskeyFault = 'not_made' | 'not_used' | 'exists' | 'other_site' | 'failed' | 'none';

/** No passkey was made or used. Nothing was sent to the API. */
export class PasskeyError extends Error {
  readonly fault: PasskeyFault;
  constructor(fault: PasskeyFault, options?: ErrorOptions) {
    super(`no passkey: ${fault}`, options);
    this.fault = fault;
  }
}

/** By the name of the browser's error. */
const FAULTS: Record<string, PasskeyFault> = {
  InvalidStateError: 'exists',
  SecurityError: 'other_site',
};
/** Their reason may be the person, a time-out, or another request for a passkey. */
const CANCELLED = ['NotAllowedError', 'AbortError'];

type Extensions = { clientExtensionResults: Record<string, unknown> };

async function answered<T>(answer: Promise<T>, ifCancelled: PasskeyFault): Promise<T & Extensions> {
  try {
    return (await answer) as T & Extensions;
  } catch (cause) {
    const { name } = cause as Error;
    const fault = CANCELLED.includes(name) ? ifCancelled : (FAULTS[name] ?? 'failed');
    throw new PasskeyError(fault, { cause });
  }
}

/** Loaded on demand, because most visits need no passkey. */
const library = () => import('@simplewebauthn/browser');

type Options = { challenge: string };

/**
 * Lets the browser make a passkey.
 * @throws PasskeyError
 */
export async function createPasskey(options: Options) {
  const { startRegistration } = await library();
  const optionsJSON = options as unknown as PublicKeyCredentialCreationOptionsJSON;
  return answered(startRegistration({ optionsJSON }), 'not_made');
}

/**
 * Lets the browser answer a challenge with a passkey.
 * @throws PasskeyError
 */
export async function askPasskey(options: Options) {
  const { startAuthentication } = await library();
  const optionsJSON: PublicKeyCredentialRequestOptionsJSON = options;
  return answered(startAuthentication({ optionsJSON }), 'not_used');
}
