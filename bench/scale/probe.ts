import { aKey, type Caller } from '../callers/caller.ts';
import { TERMS } from '../cost/people.ts';
import type { Meter } from '../meter/meter.ts';
import { countsOf, type Usage } from '../meter/usage.ts';
import { median } from '../report/numbers.ts';

/** Cost of one operation at one size. */
export type Probed = { label: string; calls: number; units: number; items: number; usage: Usage; ms: number };

/** The costs of all operations at one size, and of the market's page over HTTP. */
export type AtSize = { size: number; probed: Probed[]; page: Record<string, number> };

type Work = (busy: Caller, other: Caller) => Promise<unknown>;

/** Every operation that reads lists or single things, called by the account that has everything. */
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

/** @param meterOf makes a meter, which is stopped before times are measured, because it delays calls */
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

/** The three steps of one trade. The steps must be called in order, and each round is another trade. */
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
