import type { Device } from './sessions.ts';

/** The `call` of a use case that signs in. */
export type SignInCall = {
  /** The client's address as the trusted hop in front saw it. */
  clientAddress: string;
  /** The tokens that this browser got at earlier sign-ins, one for each account. Anybody may have made them up. */
  deviceTokens?: readonly string[];
  device: Device;
};

/** The `call` of a use case that reads the refresh cookie. Its token may be absent, forged or spent. */
export type RefreshCall = { refreshToken?: string };
