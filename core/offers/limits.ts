/** A margin between -50 % and +100 % of the market price, in basis points. */
export const MARGIN_BP = { min: -5_000, max: 10_000 } as const;

/** The time a buyer has to pay: from a minute (to watch a trade expire) to 3 days. */
export const PAYMENT_WINDOW_MINUTES = { min: 1, max: 4_320 } as const;

/** Payment methods that the site translates. An offer may have others, as free text. */
export const KNOWN_METHODS = [
  'sepa',
  'sepa_instant',
  'bank_transfer',
  'faster_payments',
  'revolut',
  'wise',
  'paypal',
  'twint',
  'swish',
  'blik',
  'pix',
  'cash_by_mail',
  'cash_in_person',
] as const;

export const MAX_METHODS = 10;

/** Upper bound of offers that one pauseMyOffers or resumeMyOffers changes. */
export const MAX_CHANGED_AT_ONCE = 100;

/** A week. */
export const MAX_HISTORY_HOURS = 168;

/** UTF-16 units. */
export const METHOD_MAX_LENGTH = 40;
export const TERMS_MAX_LENGTH = 2_000;
