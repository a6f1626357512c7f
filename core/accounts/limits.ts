/** Characters a password may have, counted as people count them: Unicode code points, composed (NFC). */
export const PASSWORD_MIN_CHARACTERS = 8;
export const PASSWORD_MAX_CHARACTERS = 128;

/** Length in composed code points, however a keyboard put the letters together. */
export const charactersIn = (text: string) => [...text.normalize('NFC')].length;
