/** Languages of the site and of mails. */
export const LANGUAGES = ['en', 'fr'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Characters a password may have, counted as people count them: Unicode code points, composed (NFC). */
export const PASSWORD_MIN_CHARACTERS = 8;
export const PASSWORD_MAX_CHARACTERS = 128;

export const USERNAME_MIN_CHARACTERS = 3;
export const USERNAME_MAX_CHARACTERS = 30;

/** Letters, digits, `-` and `_`. The first and the last character are a letter or digit. */
export const USERNAME = new RegExp(
  `^[A-Za-z0-9](?:[A-Za-z0-9_-]{${USERNAME_MIN_CHARACTERS - 2},${USERNAME_MAX_CHARACTERS - 2}}[A-Za-z0-9])$`,
);

/** Length in composed code points, however a keyboard put the letters together. */
export const charactersIn = (text: string) => [...text.normalize('NFC')].length;

/** Whether a new password has an allowed length. */
export const isPasswordLength = (text: string): boolean => {
  const characters = charactersIn(text);
  return characters >= PASSWORD_MIN_CHARACTERS && characters <= PASSWORD_MAX_CHARACTERS;
};

/** Recovery codes of a second factor. */
export const RECOVERY_CODES = 10;

/** Passkeys of one account. */
export const MAX_PASSKEYS = 10;
export const PASSKEY_NAME_MAX_LENGTH = 40;

export const DISPLAY_NAME_MAX_LENGTH = 40;
export const ANTI_PHISHING_PHRASE_MAX_LENGTH = 80;
/** RFC 5321, section 4.5.3.1.3: a path of 256 octets, with its angle brackets. */
export const EMAIL_MAX_LENGTH = 254;
