/** UTF-16 units. */
export const REASON_MAX_LENGTH = 500;
export const REPORT_TEXT_MAX_LENGTH = 2_000;

/** Reports of one account that are not closed. */
export const MAX_OPEN_REPORTS = 10;
