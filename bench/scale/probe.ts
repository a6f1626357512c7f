import { aKey, type Caller } from '../callers/caller.ts';
import { TERMS } from '../cost/people.ts';
import type { Meter } from '../meter/meter.ts';
import { countsOf, type Usage } from '../meter/usage.ts';
import { median } from '../report/numbers.ts';

/** Cost of one operation at one size. */
export type Probed = { label: string; calls: number; units: number; items: number; usage: Usage; ms: number };

/** All of them at one size, and the market's page over HTTP. */
export type AtSize = { size: number; probed: Probed[]; page: Record<string, number> };

type Work = (busy: Caller, other: Caller) => Promise<unknown>;

/** Every reading of lists and single things, by the person who has everything. */
const READS: [label: string, work: Work][] = [
  [
    'listOffers, by price, both kinds',
    (_, other) => other.listOffers({ side: 'sell', currency: 'EUR', sort: 'price' }),
  ],
  [
    'listOffers, by price, that hold an amount',
    (_, other) => other.listOffers({ side: 'sell', currency: 'EUR', amount: '50.00' }),
  ],
  ['listOffers, newest', (_, other) => other.listOffers()],
  ['listMyOffers', (busy) => busy.listMyOffers()],
  ['listMyTrades', (busy) => busy.listMyTrades()],
  ['listEntries', (busy) => busy.listEntries()],
  ['getWallet', (busy) => busy.getWallet()],
  ['getMe', (busy) => busy.getMe()],
];

const ROUNDS = 20;

/** @param meterOf makes a meter that is stopped again, so that nothing is looked at while time is taken */
export async function probe(busy: Caller, other: Caller, meterOf: () => Meter): Promise<Probed[]> {
  const trade = tradeOnce(busy, other);
  const works: [string, () => Promise<unknown>][] = [
    ...READS.map(([label, work]): [string, () => Promise<unknown>] => [label, () => work(busy, other)]),
    ['createOffer', () => busy.createOffer(TERMS)],
    ['startTrade', trade.start],
    ['confirmPaymentSent', trade.sent],
    ['confirmPaymentReceived', trade.received],
  ];
  const times = new Map<string, number[]>(works.map(([label]) => [label, []]));
  for (let round = 0; round < ROUNDS; round++) {
    for (const [label, work] of works) times.get(label)!.push(await msOf(work));
  }
  const meter = meterOf();
  const found: Probed[] = [];
  try {
    for (const [label, work] of works) {
      const usage = await meter.during(work);
      const { calls, readUnits, writeUnits } = countsOf(usage);
      const items = usage.reads.reduce((sum, read) => sum + read.items, 0);
      found.push({
        label,
        calls,
        units: readUnits + writeUnits,
        items,
        usage,
        ms: median(times.get(label)!),
      });
    }
  } finally {
    meter.stop();
  }
  return found;
}

/** The three steps of one trade after the other, as often as they are called in turn. */
function tradeOnce(seller: Caller, buyer: Caller) {
  type Trade = Awaited<ReturnType<Caller['startTrade']>>;
  let offer: Promise<{ id: Trade['offerId'] }> | undefined;
  let tradeId: Trade['id'];
  return {
    start: async () => {
      offer ??= seller.createOffer(TERMS);
      const { id: offerId } = await offer;
      ({ id: tradeId } = await buyer.startTrade({ offerId, amountXmr: '0.1' }, aKey()));
    },
    sent: () => buyer.confirmPaymentSent({ tradeId }),
    received: () => seller.confirmPaymentReceived({ tradeId }),
  };
}

async function msOf(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}
