import { electronicFormatIBAN, isSEPACountry, isValidBIC, isValidIBAN } from 'ibantools';
import { type CountryCode, getCountryCallingCode, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import * as z from 'zod';
import type { FieldFormat } from '#core/payment-methods/limits.ts';
import type { Field } from '#core/payment-methods/payment-method.ts';
import type { FieldFormats } from '#core/payment-methods/ports.ts';
import { isAbn, isCbu, isClabe, isCnpj, isCpf, isRoutingNumber, isThaiId } from './check-digits.ts';

type Countries = Field['countries'];
type Normal = (value: string, countries: Countries) => string | undefined;

/** People group long numbers by blanks, dashes, dots and slashes. */
const ungrouped = (value: string) => value.replace(/[\s./-]/g, '');

const matching =
  (pattern: RegExp): Normal =>
  (value) =>
    pattern.test(value) ? value : undefined;

/** A number that people group, in the form without groups. */
const grouped =
  (isOne: (plain: string) => boolean): Normal =>
  (value) => {
    const plain = ungrouped(value).toUpperCase();
    return isOne(plain) ? plain : undefined;
  };

const firstOf =
  (...formats: Normal[]): Normal =>
  (value, countries) =>
    formats.map((format) => format(value, countries)).find((normal) => normal !== undefined);

/** Countries that the European Payments Council admitted from 2024-11 to 2025-05. ibantools 4.5.4 does not know them. */
const JOINED_SEPA_LATER = ['AL', 'MD', 'ME', 'MK', 'RS'];
const isSepa = (country: string) => isSEPACountry(country) || JOINED_SEPA_LATER.includes(country);

/** An IBAN (ISO 13616). A QR-IBAN is refused, because it needs a reference that only the payee's bill has. */
const iban: Normal = (value, countries) => {
  const plain = electronicFormatIBAN(value);
  if (!plain || !isValidIBAN(plain, { allowQRIBAN: false })) return undefined;
  const country = plain.slice(0, 2);
  const isAccepted = countries === 'sepa' ? isSepa(country) : (countries?.includes(country) ?? true);
  return isAccepted ? plain : undefined;
};

const bic = grouped((plain) => isValidBIC(plain));

/** RFC 5321 allows 254 characters. */
const email: Normal = (value) => z.email().max(254).safeParse(value).data;

/**
 * A phone number in E.164. Countries are compared by their calling code, because islands share that of a mainland. The
 * national form is understood where there is one country.
 */
const phone: Normal = (value, countries) => {
  const accepted = (countries === 'sepa' ? undefined : countries) as CountryCode[] | undefined;
  const number = parsePhoneNumberFromString(value, {
    extract: false,
    ...(accepted?.length === 1 && { defaultCountry: accepted[0]! }),
  });
  if (!number?.isValid() || number.ext) return undefined;
  const isAccepted =
    accepted?.some((one) => getCountryCallingCode(one) === number.countryCallingCode) ?? true;
  return isAccepted ? number.number : undefined;
};

/** A username with at least one letter, without the `@` before it. The services allow fewer characters than these. */
const handle: Normal = (value) => /^@?((?=.*[A-Za-z])[A-Za-z0-9][A-Za-z0-9._-]{1,39})$/.exec(value)?.[1];

const ACCOUNT_NUMBER = /^(?=.*\d)[A-Z0-9]{4,34}$/;
const LIKE_IBAN = /^[A-Z]{2}\d{2}[A-Z0-9]{11,}$/;

/** An account number of any country. One that looks like an IBAN must be one, so that a typing error is noticed. */
const accountNumber = grouped((plain) =>
  LIKE_IBAN.test(plain) ? isValidIBAN(plain, { allowQRIBAN: false }) : ACCOUNT_NUMBER.test(plain),
);

/** `$` and letters or digits, at least one of them a letter. */
const cashtag: Normal = (value) => {
  const name = /^\$?((?=\d*[A-Za-z])[A-Za-z0-9]{1,20})$/.exec(value)?.[1];
  return name && `$${name}`;
};

/** Random keys of Pix are UUIDs. */
const uuid: Normal = (value) => z.uuid().safeParse(value).data?.toLowerCase();

/** A phone number with its country code, because 11 digits without one are a CPF. */
const brazilianPhone: Normal = (value) => (value.startsWith('+') ? phone(value, ['BR']) : undefined);

/** The kinds of keys of Pix: e-mail address, random key, phone number, CPF, CNPJ (Banco Central do Brasil, DICT). */
const pixKey = firstOf(
  email,
  uuid,
  brazilianPhone,
  grouped((plain) => isCpf(plain) || isCnpj(plain)),
);

/** `name@handle`, where the handle has no dot, which tells it from an e-mail address. */
const upiId: Normal = (value) =>
  /^[A-Za-z0-9][A-Za-z0-9._-]{1,254}@[A-Za-z][A-Za-z0-9]{1,63}$/.test(value)
    ? value.toLowerCase()
    : undefined;

const NORMAL: Record<FieldFormat, Normal> = {
  text: matching(/^[^\n\t]{1,140}$/u),
  lines: (value) => value,
  // The QR code of a transfer has room for 70 characters (EPC069-12).
  name: matching(/^(?=.*\p{L})[^\n\t]{2,70}$/u),
  iban,
  bic,
  email,
  phone,
  email_or_phone: firstOf(email, phone),
  email_phone_or_handle: firstOf(email, phone, handle),
  handle,
  account_number: accountNumber,
  us_routing_number: grouped(isRoutingNumber),
  uk_sort_code: grouped((plain) => /^\d{6}$/.test(plain)),
  uk_account_number: grouped((plain) => /^\d{8}$/.test(plain)),
  // Four letters of the bank, 0, and six characters of the branch.
  ifsc: grouped((plain) => /^[A-Z]{4}0[A-Z0-9]{6}$/.test(plain)),
  clabe: grouped(isClabe),
  cbu: grouped(isCbu),
  pix_key: pixKey,
  upi_id: upiId,
  // E-mail address, business number or phone number.
  payid: firstOf(email, grouped(isAbn), (value) => phone(value, ['AU'])),
  promptpay_id: firstOf(grouped(isThaiId), (value) => phone(value, ['TH'])),
  cashtag,
};

/** The formats of fields, checked by ibantools, libphonenumber-js, zod, and check digits. */
export const fieldFormats: FieldFormats = {
  normal: (format, value, countries) => NORMAL[format](value, countries),
};
