import { randomBytes } from 'node:crypto';
import type { createOffer } from '#contract/offers.ts';
import type { WireInputOf } from '#contract/operation.ts';
import { type Caller, callerAt } from '../callers/caller.ts';
import type { LoadedFunctions } from '../callers/functions.ts';

export type Person = { api: Caller; username: string; password: string };

/**
 * A person without an account, at a separate address. All names have the same length, because their bytes are counted.
 */
export function someone(functions: LoadedFunctions, siteOrigin: string): Person {
  const name = randomBytes(6).toString('hex');
  const [a = 0, b = 0, c = 0] = randomBytes(3);
  return {
    api: callerAt(functions, `10.${a}.${b}.${c}`, siteOrigin),
    username: `bench-${name}`,
    password: `correct horse battery ${name}`,
  };
}

/** Terms of a typical offer, with a sentence about the owner. */
export const TERMS: WireInputOf<typeof createOffer> = {
  side: 'sell',
  currency: 'EUR',
  price: { kind: 'fixed', fiatPerXmr: '150.00' },
  minFiat: '10.00',
  maxFiat: '1000.00',
  methods: ['sepa'],
  terms: 'SEPA instant is quickest. I answer within the hour.',
  paymentWindowMinutes: 30,
};
