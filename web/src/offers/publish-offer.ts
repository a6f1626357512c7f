import type { ApiClient } from '#contract/client.ts';
import type { Intent } from '../api/intent.ts';
import type { MyOffer } from '../api/things.ts';

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
): Promise<MyOffer> {
  const { isRetry, startedMs } = intent.attempt(offer);
  const published =
    (isRetry ? await earlier(api, offer, startedMs) : undefined) ?? (await api.createOffer(offer));
  intent.done();
  return published;
}

async function earlier(
  api: Pick<ApiClient, 'listMyOffers'>,
  offer: NewOffer,
  startedMs: number,
): Promise<MyOffer | undefined> {
  const { items } = await api.listMyOffers();
  const recent = items.filter(({ createdAt }) => Date.parse(createdAt) >= startedMs - CLOCK_TOLERANCE_MS);
  return recent.find((mine) => termsOf(mine) === termsOf(offer));
}

/** Equal texts mean equal offers. */
function termsOf({ price, methods, ...offer }: NewOffer | MyOffer): string {
  const { side, currency, minFiat, maxFiat, terms = '', paymentWindowMinutes, unlisted = false } = offer;
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
    unlisted,
  ]);
}
