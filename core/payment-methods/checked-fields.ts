import { type Refusal, refusal } from '../refusal.ts';
import type { FieldFormat } from './limits.ts';
import type { Field } from './payment-method.ts';
import { paymentMethod } from './payment-methods.ts';
import type { FieldFormats } from './ports.ts';

/** Details of a payment by the names of their fields. */
export type PaymentFields = Readonly<Record<string, string>>;

/** The sentence for a developer whose value does not have the format. The site has words of its own. */
const MESSAGES: Record<FieldFormat, string> = {
  text: 'must be one line of at most 140 characters',
  lines: 'must be at most 300 characters',
  name: 'must be a name of at most 70 characters',
  iban: 'must be an IBAN',
  bic: 'must be a BIC of 8 or 11 characters',
  email: 'must be an e-mail address',
  phone: 'must be a phone number, with its country code',
  email_or_phone: 'must be an e-mail address or a phone number',
  email_phone_or_handle: 'must be an e-mail address, a phone number or a username',
  handle: 'must be a username',
  account_number: 'must be an account number of 4 to 34 letters and digits',
  us_routing_number: 'must be a routing number of 9 digits',
  uk_sort_code: 'must be a sort code of 6 digits',
  uk_account_number: 'must be an account number of 8 digits',
  ifsc: 'must be an IFSC of 11 characters',
  clabe: 'must be a CLABE of 18 digits',
  cbu: 'must be a CBU or CVU of 22 digits',
  pix_key: 'must be a Pix key',
  upi_id: 'must be a UPI ID such as name@bank',
  payid: 'must be a PayID',
  promptpay_id: 'must be a phone number or an ID of 13 digits',
  cashtag: 'must be a $Cashtag of at most 20 letters and digits',
};

const messageOf = ({ format, countries }: Field) =>
  countries === undefined
    ? MESSAGES[format]
    : `${MESSAGES[format]} (${countries === 'sepa' ? 'SEPA' : countries.join(', ')})`;

/**
 * The fields of a payment account in their stored form. Blank ones are left out. A method in the owner's own words has
 * no fields.
 *
 * @returns a refusal `invalid_request` with every fault, each under `fields.<name>`
 */
export function checkedFields(
  formats: FieldFormats,
  method: string,
  given: PaymentFields,
): PaymentFields | Refusal {
  const fields = paymentMethod(method)?.fields ?? [];
  const names = fields.map(({ name }) => name);
  const errors = Object.keys(given)
    .filter((name) => !names.includes(name))
    .map((name) => ({ path: `fields.${name}`, message: 'is not known here' }));
  const stored: [string, string][] = [];
  for (const field of fields) {
    const path = `fields.${field.name}`;
    const value = (Object.hasOwn(given, field.name) ? given[field.name]! : '').trim();
    if (value === '') {
      if (field.required) errors.push({ path, message: 'is missing' });
      continue;
    }
    const normal = formats.normal(field.format, value, field.countries);
    if (normal === undefined) errors.push({ path, message: messageOf(field) });
    else stored.push([field.name, normal]);
  }
  return errors.length ? refusal('invalid_request', { errors }) : Object.fromEntries(stored);
}
