import type { Usage } from '../meter/usage.ts';
import type { Probed } from './probe.ts';

/** Write units per second of one partition key of a table or index. (AWS: "Partition key design".) */
const UNITS_A_SECOND = 1_000;
const SELLERS = 10_000;

/** The share of the first of `count` things, if the n-th is chosen 1/n as often as the first (Zipf, exponent 1). */
export function firstShare(count: number): number {
  let harmonic = 0;
  for (let n = 1; n <= count; n++) harmonic += 1 / n;
  return 1 / harmonic;
}

export type Hot = { key: string; event: string; units: number; share: number; eventsASecond: number };

/**
 * The partition keys with the most writes, hottest first, if 10,000 sellers are chosen by Zipf's law. For each: write
 * units per event, the key's share of the events, and the number of events per second that it allows.
 */
export function hotKeys(probed: readonly Probed[]): Hot[] {
  const usages = new Map(probed.map(({ label, usage }) => [label, usage]));
  const units = (label: string, kind: string, index?: string, how?: string) =>
    unitsIn(usages.get(label), kind, index, how);
  const zipf = firstShare(SELLERS);
  const balance = units('startTrade', 'BALANCE') + units('confirmPaymentReceived', 'BALANCE') / 2;
  const person = units('confirmPaymentReceived', 'PERSON') / 2;
  const keys: Omit<Hot, 'eventsASecond'>[] = [
    { key: "the first seller's balance", event: 'trade', units: balance, share: zipf },
    { key: "the first seller's row in people", event: 'trade', units: person, share: zipf },
    {
      key: "the first seller's one offer",
      event: 'trade',
      units: units('startTrade', 'OFFER', undefined, 'checked'),
      share: zipf,
    },
    {
      key: 'by-seller of the first seller',
      event: 'trade',
      units: units('startTrade', 'TRADE', 'by-seller'),
      share: zipf,
    },
    {
      key: 'by-expiry, one shard of four',
      event: 'trade',
      units: units('startTrade', 'TRADE', 'by-expiry') + units('confirmPaymentSent', 'TRADE', 'by-expiry'),
      share: 1 / 4,
    },
    { key: 'newest: open', event: 'offer put up', units: units('createOffer', 'OFFER', 'newest'), share: 1 },
    {
      key: 'by-price of one market',
      event: 'offer put up',
      units: units('createOffer', 'OFFER', 'by-price'),
      share: 1,
    },
  ];
  return keys
    .map((key) => ({ ...key, eventsASecond: Math.floor(UNITS_A_SECOND / (key.units * key.share)) }))
    .sort((a, b) => a.eventsASecond - b.eventsASecond);
}

const unitsIn = (usage: Usage | undefined, kind: string, index?: string, how?: string) =>
  (usage?.writes ?? [])
    .filter((row) => row.kind === kind && row.index === index && (!how || row.how === how))
    .reduce((sum, row) => sum + row.units, 0);
