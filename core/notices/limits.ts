import { DAY_MS } from '../time.ts';

/** Age at which a notice is dropped. */
export const NOTICE_LIFE_MS = 90 * DAY_MS;
/** Upper bound of notices that an account keeps. Reading them removes older ones. */
export const MAX_NOTICES = 200;
/** Upper bound of unread notices that are counted, because each one is read for it. */
export const MAX_COUNTED = 100;
