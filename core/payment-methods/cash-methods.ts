import {
  ACCOUNT_NUMBER,
  ADDRESS,
  BANK,
  CITY,
  COUNTRY,
  EMAIL,
  HOLDER,
  INSTRUCTIONS,
  optional,
  RECIPIENT,
} from './fields.ts';
import type { PaymentMethod } from './payment-method.ts';

/** Cash, and codes that are as good as cash. */
export const CASH_METHODS: readonly PaymentMethod[] = [
  {
    id: 'cash_by_mail',
    name: { en: 'Cash by mail', fr: 'Espèces par courrier' },
    fields: [RECIPIENT, ADDRESS, INSTRUCTIONS],
    usualMinutes: 4_320,
  },
  {
    id: 'cash_in_person',
    name: { en: 'Cash in person', fr: 'Espèces en personne' },
    fields: [
      CITY,
      {
        name: 'meetingPlace',
        label: { en: 'Meeting place and times', fr: 'Lieu et heures de rendez-vous' },
        format: 'lines',
        required: false,
      },
    ],
    usualMinutes: 1_440,
  },
  {
    id: 'cash_deposit',
    name: { en: 'Cash deposit at a bank', fr: 'Dépôt d’espèces en banque' },
    fields: [HOLDER, BANK, ACCOUNT_NUMBER, INSTRUCTIONS],
    usualMinutes: 1_440,
  },
  {
    id: 'western_union',
    name: { en: 'Western Union', fr: 'Western Union' },
    fields: [RECIPIENT, CITY, COUNTRY, optional(EMAIL)],
    usualMinutes: 240,
  },
  {
    id: 'moneygram',
    name: { en: 'MoneyGram', fr: 'MoneyGram' },
    fields: [RECIPIENT, CITY, COUNTRY, optional(EMAIL)],
    usualMinutes: 240,
  },
  {
    id: 'us_postal_money_order',
    name: { en: 'US postal money order', fr: 'Mandat postal américain' },
    fields: [RECIPIENT, ADDRESS],
    currencies: ['USD'],
    usualMinutes: 4_320,
  },
  {
    id: 'amazon_gift_card',
    name: { en: 'Amazon gift card', fr: 'Carte cadeau Amazon' },
    fields: [
      { ...EMAIL, label: { en: 'E-mail address for the card', fr: 'Adresse e-mail pour la carte' } },
      { ...COUNTRY, label: { en: 'Country of the Amazon shop', fr: 'Pays de la boutique Amazon' } },
    ],
    usualMinutes: 60,
  },
];
