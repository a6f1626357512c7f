import { type Currency, type MinorUnits, parseFiat } from '#core/money/fiat.ts';

/** An amount of the API in minor units. @returns undefined if it is not an amount */
export const minorUnitsOf = (amount: string, currency: Currency): MinorUnits | undefined => {
  const parsed = parseFiat(amount, currency);
  return typeof parsed === 'string' ? undefined : parsed;
};
