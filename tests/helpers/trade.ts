import type { createOffer } from '#contract/offers.ts';
import type { WireInputOf, WireResultOf } from '#contract/operation.ts';
import type { startTrade } from '#contract/trades.ts';
import { aKey, type Person, person } from './person.ts';

type Offer = WireResultOf<typeof createOffer>;
type Trade = WireResultOf<typeof startTrade>;
type Terms = WireInputOf<typeof createOffer>;

/** An offer at 100.00 EUR per XMR, for 1.00 to 10000.00 EUR and one payment method by default. */
export function anOffer(owner: Person, terms: Partial<Terms> = {}): Promise<Offer> {
  return owner.createOffer({
    side: 'sell',
    currency: 'EUR',
    price: { kind: 'fixed', fiatPerXmr: '100.00' },
    minFiat: '1.00',
    maxFiat: '10000.00',
    methods: ['sepa'],
    paymentWindowMinutes: 60,
    ...terms,
  });
}

type Wanted = {
  amountXmr?: string;
  sellerStartsWith?: string;
  state?: 'awaiting_payment' | 'payment_sent' | 'completed' | 'cancelled';
  /** The side of the offer: its owner sells or buys. */
  side?: 'sell' | 'buy';
};

type Story = { seller: Person; buyer: Person; offer: Offer; trade: Trade };

/** Two people in a trade at 100.00 EUR per XMR. */
export async function aTrade({
  amountXmr = '2',
  sellerStartsWith = '5',
  state = 'awaiting_payment',
  side = 'sell',
}: Wanted = {}): Promise<Story> {
  const [seller, buyer] = await Promise.all([
    person().then((one) => one.withFunds(sellerStartsWith)),
    person(),
  ]);
  const [owner, taker] = side === 'sell' ? [seller, buyer] : [buyer, seller];
  const offer = await anOffer(owner, { side });
  const begun = await taker.startTrade({ offerId: offer.id, amountXmr }, aKey());
  const one = { tradeId: begun.id };
  if (state === 'cancelled') await buyer.cancelTrade(one);
  if (state === 'payment_sent' || state === 'completed') await buyer.confirmPaymentSent(one);
  if (state === 'completed') await seller.confirmPaymentReceived(one);
  return { seller, buyer, offer, trade: await buyer.getTrade(one) };
}
