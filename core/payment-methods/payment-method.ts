import type { FieldFormat } from './limits.ts';

type Words = { en: string; fr: string };

/** One detail that a payer needs. */
export type Field = {
  name: string;
  label: Words;
  format: FieldFormat;
  required: boolean;
  /**
   * ISO 3166-1 codes of the countries whose numbers are accepted; `sepa`: the countries of the Single Euro Payments
   * Area. Without it every country is.
   */
  countries?: readonly string[] | 'sepa';
};

export type PaymentMethod = {
  /** It is in offers and trades, so it never changes. */
  id: string;
  name: Words;
  fields: readonly Field[];
  /** ISO 4217 codes, where the method moves only these. */
  currencies?: readonly string[];
  /** The payment window that suits most payments: to order one, and for it to arrive if that takes up to three days. */
  usualMinutes: number;
};
