/** UTF-16 units. */
export const RESOLUTION_NOTE_MAX_LENGTH = 2_000;
