import type { Field } from './payment-method.ts';

/** The same field where it may be left out. */
export const optional = (field: Field): Field => ({ ...field, required: false });

/** The same field for numbers of these countries. */
export const of = (countries: NonNullable<Field['countries']>, field: Field): Field => ({
  ...field,
  countries,
});

export const HOLDER: Field = {
  name: 'name',
  label: { en: 'Name of the account holder', fr: 'Nom du titulaire du compte' },
  format: 'name',
  required: true,
};

/** Where no account is involved, as with cash. */
export const RECIPIENT: Field = {
  name: 'name',
  label: { en: 'Name of the recipient', fr: 'Nom du destinataire' },
  format: 'name',
  required: true,
};

export const IBAN: Field = {
  name: 'iban',
  label: { en: 'IBAN', fr: 'IBAN' },
  format: 'iban',
  required: true,
};

export const BIC: Field = {
  name: 'bic',
  label: { en: 'BIC (SWIFT code)', fr: 'BIC (code SWIFT)' },
  format: 'bic',
  required: true,
};

export const BANK: Field = {
  name: 'bank',
  label: { en: 'Bank', fr: 'Banque' },
  format: 'text',
  required: true,
};

export const BRANCH: Field = {
  name: 'branch',
  label: { en: 'Branch', fr: 'Agence' },
  format: 'text',
  required: true,
};

export const ACCOUNT_NUMBER: Field = {
  name: 'accountNumber',
  label: { en: 'Account number', fr: 'Numéro de compte' },
  format: 'account_number',
  required: true,
};

export const ROUTING_NUMBER: Field = {
  name: 'routingNumber',
  label: { en: 'Routing number (ABA)', fr: 'Numéro de routage (ABA)' },
  format: 'us_routing_number',
  required: true,
};

export const PHONE: Field = {
  name: 'phone',
  label: { en: 'Phone number', fr: 'Numéro de téléphone' },
  format: 'phone',
  required: true,
};

export const EMAIL: Field = {
  name: 'email',
  label: { en: 'E-mail address', fr: 'Adresse e-mail' },
  format: 'email',
  required: true,
};

export const EMAIL_OR_PHONE: Field = {
  name: 'emailOrPhone',
  label: { en: 'E-mail address or phone number', fr: 'Adresse e-mail ou numéro de téléphone' },
  format: 'email_or_phone',
  required: true,
};

export const ADDRESS: Field = {
  name: 'address',
  label: { en: 'Postal address', fr: 'Adresse postale' },
  format: 'lines',
  required: true,
};

export const CITY: Field = {
  name: 'city',
  label: { en: 'City', fr: 'Ville' },
  format: 'text',
  required: true,
};

export const COUNTRY: Field = {
  name: 'country',
  label: { en: 'Country', fr: 'Pays' },
  format: 'text',
  required: true,
};

export const INSTRUCTIONS: Field = {
  name: 'instructions',
  label: { en: 'Instructions', fr: 'Consignes' },
  format: 'lines',
  required: false,
};
