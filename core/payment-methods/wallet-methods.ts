import { EMAIL, EMAIL_OR_PHONE, HOLDER, of, optional } from './fields.ts';
import type { Field, PaymentMethod } from './payment-method.ts';

const CONTACT: Field = {
  name: 'contact',
  label: { en: 'E-mail, phone or username', fr: 'E-mail, téléphone ou nom d’utilisateur' },
  format: 'email_phone_or_handle',
  required: true,
};

const USERNAME: Field = {
  name: 'username',
  label: { en: 'Username', fr: 'Nom d’utilisateur' },
  format: 'handle',
  required: true,
};

/** Accounts at a payment service. A payment between two of them arrives at once. */
export const WALLET_METHODS: readonly PaymentMethod[] = [
  {
    id: 'revolut',
    name: { en: 'Revolut', fr: 'Revolut' },
    fields: [{ ...USERNAME, name: 'revtag', label: { en: 'Revtag', fr: 'Revtag' } }, optional(HOLDER)],
    usualMinutes: 30,
  },
  {
    id: 'wise',
    name: { en: 'Wise', fr: 'Wise' },
    fields: [
      HOLDER,
      { ...CONTACT, label: { en: 'E-mail, phone or Wisetag', fr: 'E-mail, téléphone ou Wisetag' } },
    ],
    usualMinutes: 60,
  },
  {
    id: 'paypal',
    name: { en: 'PayPal', fr: 'PayPal' },
    fields: [CONTACT, optional(HOLDER)],
    usualMinutes: 30,
  },
  {
    id: 'monzo',
    name: { en: 'Monzo', fr: 'Monzo' },
    fields: [HOLDER, of(['GB'], CONTACT)],
    currencies: ['GBP'],
    usualMinutes: 30,
  },
  {
    id: 'n26_moneybeam',
    name: { en: 'N26 MoneyBeam', fr: 'N26 MoneyBeam' },
    fields: [HOLDER, EMAIL_OR_PHONE],
    currencies: ['EUR'],
    usualMinutes: 30,
  },
  {
    id: 'cash_app',
    name: { en: 'Cash App', fr: 'Cash App' },
    fields: [
      { name: 'cashtag', label: { en: '$Cashtag', fr: '$Cashtag' }, format: 'cashtag', required: true },
    ],
    currencies: ['USD'],
    usualMinutes: 30,
  },
  {
    id: 'venmo',
    name: { en: 'Venmo', fr: 'Venmo' },
    fields: [of(['US'], CONTACT), optional(HOLDER)],
    currencies: ['USD'],
    usualMinutes: 30,
  },
  {
    id: 'strike',
    name: { en: 'Strike', fr: 'Strike' },
    fields: [USERNAME],
    currencies: ['USD'],
    usualMinutes: 30,
  },
  {
    id: 'skrill',
    name: { en: 'Skrill', fr: 'Skrill' },
    fields: [EMAIL, optional(HOLDER)],
    usualMinutes: 30,
  },
  {
    id: 'neteller',
    name: { en: 'Neteller', fr: 'Neteller' },
    fields: [EMAIL, optional(HOLDER)],
    usualMinutes: 30,
  },
  {
    id: 'paysera',
    name: { en: 'Paysera', fr: 'Paysera' },
    fields: [HOLDER, EMAIL_OR_PHONE],
    usualMinutes: 30,
  },
  {
    id: 'mercado_pago',
    name: { en: 'Mercado Pago', fr: 'Mercado Pago' },
    fields: [
      HOLDER,
      {
        name: 'account',
        label: { en: 'Alias, CVU or e-mail', fr: 'Alias, CVU ou e-mail' },
        format: 'text',
        required: true,
      },
    ],
    currencies: ['ARS'],
    usualMinutes: 30,
  },
  {
    id: 'alipay',
    name: { en: 'Alipay', fr: 'Alipay' },
    fields: [HOLDER, EMAIL_OR_PHONE],
    currencies: ['CNY'],
    usualMinutes: 30,
  },
  {
    id: 'wechat_pay',
    name: { en: 'WeChat Pay', fr: 'WeChat Pay' },
    fields: [{ ...USERNAME, name: 'weChatId', label: { en: 'WeChat ID', fr: 'Identifiant WeChat' } }],
    currencies: ['CNY'],
    usualMinutes: 30,
  },
];
