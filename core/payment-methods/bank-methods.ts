import {
  ACCOUNT_NUMBER,
  ADDRESS,
  BANK,
  BIC,
  BRANCH,
  EMAIL_OR_PHONE,
  HOLDER,
  IBAN,
  of,
  optional,
  ROUTING_NUMBER,
} from './fields.ts';
import type { PaymentMethod } from './payment-method.ts';

/** Transfers between bank accounts. */
export const BANK_METHODS: readonly PaymentMethod[] = [
  {
    // A transfer arrives by the end of the next business day.
    id: 'sepa',
    name: { en: 'SEPA transfer', fr: 'Virement SEPA' },
    fields: [HOLDER, of('sepa', IBAN), optional(BIC)],
    currencies: ['EUR'],
    usualMinutes: 1_440,
  },
  {
    // The payee's bank credits a transfer within 10 seconds (Regulation (EU) 2024/886).
    id: 'sepa_instant',
    name: { en: 'SEPA instant', fr: 'SEPA instantané' },
    fields: [HOLDER, of('sepa', IBAN), optional(BIC)],
    currencies: ['EUR'],
    usualMinutes: 30,
  },
  {
    id: 'bank_transfer',
    name: { en: 'Bank transfer', fr: 'Virement bancaire' },
    fields: [HOLDER, ACCOUNT_NUMBER, BANK, optional(BRANCH)],
    usualMinutes: 1_440,
  },
  {
    id: 'swift',
    name: { en: 'International transfer (SWIFT)', fr: 'Virement international (SWIFT)' },
    fields: [
      HOLDER,
      {
        ...ACCOUNT_NUMBER,
        label: { en: 'IBAN or account number', fr: 'IBAN ou numéro de compte' },
      },
      BIC,
      optional(BANK),
      optional({ ...ADDRESS, label: { en: 'Address of the account holder', fr: 'Adresse du titulaire' } }),
    ],
    usualMinutes: 4_320,
  },
  {
    id: 'faster_payments',
    name: { en: 'Faster Payments', fr: 'Faster Payments' },
    fields: [
      HOLDER,
      {
        name: 'sortCode',
        label: { en: 'Sort code', fr: 'Sort code' },
        format: 'uk_sort_code',
        required: true,
      },
      { ...ACCOUNT_NUMBER, format: 'uk_account_number' },
    ],
    currencies: ['GBP'],
    usualMinutes: 60,
  },
  {
    id: 'ach',
    name: { en: 'ACH transfer', fr: 'Virement ACH' },
    fields: [HOLDER, ROUTING_NUMBER, ACCOUNT_NUMBER, optional(BANK)],
    currencies: ['USD'],
    usualMinutes: 2_880,
  },
  {
    id: 'us_wire',
    name: { en: 'US domestic wire', fr: 'Virement « wire » aux États-Unis' },
    fields: [
      HOLDER,
      ROUTING_NUMBER,
      ACCOUNT_NUMBER,
      BANK,
      { ...ADDRESS, label: { en: 'Address of the account holder', fr: 'Adresse du titulaire' } },
    ],
    currencies: ['USD'],
    usualMinutes: 1_440,
  },
  {
    id: 'zelle',
    name: { en: 'Zelle', fr: 'Zelle' },
    fields: [HOLDER, of(['US'], EMAIL_OR_PHONE)],
    currencies: ['USD'],
    usualMinutes: 60,
  },
  {
    id: 'interac',
    name: { en: 'Interac e-Transfer', fr: 'Virement Interac' },
    fields: [HOLDER, of(['CA'], EMAIL_OR_PHONE)],
    currencies: ['CAD'],
    usualMinutes: 60,
  },
  {
    id: 'payid',
    name: { en: 'PayID / Osko', fr: 'PayID / Osko' },
    fields: [
      HOLDER,
      {
        name: 'payId',
        label: {
          en: 'PayID (e-mail, phone or ABN)',
          fr: 'PayID (e-mail, téléphone ou ABN)',
        },
        format: 'payid',
        required: true,
      },
    ],
    currencies: ['AUD'],
    usualMinutes: 60,
  },
  {
    id: 'jp_bank_transfer',
    name: { en: 'Bank transfer in Japan', fr: 'Virement bancaire au Japon' },
    fields: [
      { ...HOLDER, label: { en: 'Account holder, in katakana', fr: 'Titulaire du compte, en katakana' } },
      BANK,
      BRANCH,
      {
        name: 'accountType',
        label: { en: 'Account type (futsū, tōza)', fr: 'Type de compte (futsū, tōza)' },
        format: 'text',
        required: true,
      },
      ACCOUNT_NUMBER,
    ],
    currencies: ['JPY'],
    usualMinutes: 1_440,
  },
  {
    id: 'pix',
    name: { en: 'Pix', fr: 'Pix' },
    fields: [
      HOLDER,
      {
        name: 'pixKey',
        label: {
          en: 'Pix key (CPF, CNPJ, e-mail, phone with +55, or random key)',
          fr: 'Clé Pix (CPF, CNPJ, e-mail, téléphone avec +55 ou clé aléatoire)',
        },
        format: 'pix_key',
        required: true,
      },
    ],
    currencies: ['BRL'],
    usualMinutes: 30,
  },
  {
    id: 'upi',
    name: { en: 'UPI', fr: 'UPI' },
    fields: [
      HOLDER,
      {
        name: 'upiId',
        label: { en: 'UPI ID', fr: 'Identifiant UPI' },
        format: 'upi_id',
        required: true,
      },
    ],
    currencies: ['INR'],
    usualMinutes: 30,
  },
  {
    id: 'imps',
    name: { en: 'IMPS', fr: 'IMPS' },
    fields: [
      HOLDER,
      { name: 'ifsc', label: { en: 'IFSC', fr: 'Code IFSC' }, format: 'ifsc', required: true },
      ACCOUNT_NUMBER,
    ],
    currencies: ['INR'],
    usualMinutes: 60,
  },
  {
    id: 'spei',
    name: { en: 'SPEI', fr: 'SPEI' },
    fields: [
      HOLDER,
      { name: 'clabe', label: { en: 'CLABE', fr: 'CLABE' }, format: 'clabe', required: true },
      optional(BANK),
    ],
    currencies: ['MXN'],
    usualMinutes: 30,
  },
  {
    id: 'cbu_cvu',
    name: { en: 'Bank transfer in Argentina (CBU/CVU)', fr: 'Virement en Argentine (CBU/CVU)' },
    fields: [
      HOLDER,
      { name: 'cbu', label: { en: 'CBU or CVU', fr: 'CBU ou CVU' }, format: 'cbu', required: true },
    ],
    currencies: ['ARS'],
    usualMinutes: 30,
  },
  {
    id: 'promptpay',
    name: { en: 'PromptPay', fr: 'PromptPay' },
    fields: [
      HOLDER,
      {
        name: 'promptPayId',
        label: { en: 'Phone number or national ID', fr: 'Numéro de téléphone ou d’identité' },
        format: 'promptpay_id',
        required: true,
      },
    ],
    currencies: ['THB'],
    usualMinutes: 30,
  },
];
