/** Formats of the fields of payment methods. A client may use them to choose a keyboard or an example. */
export const FIELD_FORMATS = [
  'text',
  'lines',
  'name',
  'iban',
  'bic',
  'email',
  'phone',
  'email_or_phone',
  'email_phone_or_handle',
  'handle',
  'account_number',
  'us_routing_number',
  'uk_sort_code',
  'uk_account_number',
  'ifsc',
  'clabe',
  'cbu',
  'pix_key',
  'upi_id',
  'payid',
  'promptpay_id',
  'cashtag',
] as const;
export type FieldFormat = (typeof FIELD_FORMATS)[number];

/** UTF-16 units. */
export const FIELD_NAME_MAX_LENGTH = 40;
/** Upper bound of every field, in UTF-16 units. Most formats allow less. */
export const FIELD_MAX_LENGTH = 300;
