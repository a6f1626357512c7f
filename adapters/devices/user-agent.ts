import Bowser from 'bowser';
import type { Device } from '#core/accounts/sessions.ts';

/** Longer than any that a browser sends. */
const MAX_CHARACTERS = 512;
const NAME_MAX_CHARACTERS = 40;

/**
 * Browser and operating system in a User-Agent header, such as Firefox and Linux. The header is only a claim, so
 * nothing depends on it: it helps a person to recognise a session.
 */
export function deviceOf(userAgent: string | undefined): Device {
  if (!userAgent) return {};
  const { browser, os } = Bowser.parse(userAgent.slice(0, MAX_CHARACTERS));
  return { browser: plainName(browser.name), system: plainName(os.name) };
}

/** A name of visible ASCII; `undefined` for anything else that a client may send. */
const plainName = (name: string | undefined): string | undefined =>
  name && name.length <= NAME_MAX_CHARACTERS && /^[\x20-\x7e]+$/.test(name) ? name : undefined;
