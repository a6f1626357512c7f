import type { Page } from 'playwright-core';

const DEVICE = {
  protocol: 'ctap2',
  transport: 'internal',
  hasResidentKey: true,
  hasUserVerification: true,
  isUserVerified: true,
  automaticPresenceSimulation: true,
} as const;

/** Gives a page an authenticator of its own, in which passkeys are kept. It answers at once. */
export async function passkeyDevice(page: Page) {
  const devTools = await page.context().newCDPSession(page);
  await devTools.send('WebAuthn.enable');
  const { authenticatorId } = await devTools.send('WebAuthn.addVirtualAuthenticator', { options: DEVICE });
  const unlocks = (isUserVerified: boolean) =>
    devTools.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified });
  return {
    /** From now on the person fails to unlock it, as if its prompt were cancelled. */
    refuse: () => unlocks(false),
    accept: () => unlocks(true),
  };
}
