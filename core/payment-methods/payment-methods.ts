import { BANK_METHODS } from './bank-methods.ts';
import { CASH_METHODS } from './cash-methods.ts';
import type { PaymentMethod } from './payment-method.ts';
import { PHONE_METHODS } from './phone-methods.ts';
import { WALLET_METHODS } from './wallet-methods.ts';

/** Methods that Haveno, Bisq, RoboSats or AgoraDesk list, without those of sanctioned banks and payment systems. */
export const PAYMENT_METHODS: readonly PaymentMethod[] = [
  ...BANK_METHODS,
  ...PHONE_METHODS,
  ...WALLET_METHODS,
  ...CASH_METHODS,
];

const byId = new Map(PAYMENT_METHODS.map((method) => [method.id, method]));

/** The method of an id; `undefined` for one in the words of an offer's owner. */
export const paymentMethod = (id: string): PaymentMethod | undefined => byId.get(id);
