import type { ApiClient } from '#contract/client.ts';
import type { Intent } from '../api/intent.ts';
import type { Offer } from '../api/things.ts';

/** The body of `createOffer`. */
export type NewOffer = NonNullable<Parameters<ApiClient['createOffer']>[0]>;

/** The `Date` header, which the site's clock follows, has whole seconds. */
const CLOCK_TOLERANCE_MS = 2_000;

/**
 * Creates an offer once. `createOffer` takes no idempotency key, so a retry after a lost answer first looks for the
 * offer among the caller's newest.
 */
export async function publishOffer(
  api: Pick<ApiClient, 'createOffer' | 'listMyOffers'>,
  intent: Intent,
  offer: NewOffer,
): Promise<void> {
  const { isRetry, startedMs } = intent.attempt(offer);
  if (!isRetry || !(await exists(api, offer, startedMs))) await api.createOffer(offer);
  intent.done();
}

async function exists(
  api: Pick<ApiClient, 'listMyOffers'>,
  offer: NewOffer,
  startedMs: number,
): Promise<boolean> {
  const { items } = await api.listMyOffers();
  const recent = items.filter(({ createdAt }) => Date.parse(createdAt) >= startedMs - CLOCK_TOLERANCE_MS);
  return recent.some((mine) => termsOf(mine) === termsOf(offer));
}

/** Equal texts mean equal offers. */
function termsOf({ price, methods, ...offer }: NewOffer | Offer): string {
  const { side, currency, minFiat, maxFiat, terms = '', paymentWindowMinutes } = offer;
  const amount = price.kind === 'market' ? price.marginBp : price.fiatPerXmr;
  return JSON.stringify([
    side,
    currency,
    price.kind,
    amount,
    minFiat,
    maxFiat,
    methods,
    terms,
    paymentWindowMinutes,
  ]);
}
