/** Payment accounts of one account. They are always listed as a whole. */
export const MAX_PAYMENT_ACCOUNTS = 20;

/** UTF-16 units. */
export const LABEL_MAX_LENGTH = 40;
