import { sumOf, type Usage } from '../meter/usage.ts';
import type { Runs } from './prices.ts';

type Steps = Record<string, number>;
export type Flow = { name: string; steps: Steps } & Runs;

const TRADE = { startTrade: 1, confirmPaymentSent: 1, confirmPaymentReceived: 1 };
const WITHDRAWAL = { requestWithdrawal: 1, payWithdrawals: 1 };
const FOLLOWED = { 'followWithdrawals, one is mined': 1, 'followWithdrawals, one is confirmed': 1 };

/** Flows, with their requests and invocations. Idle runs of a schedule belong to no flow. */
export const FLOWS: Flow[] = [
  { name: 'A trade in three steps', steps: TRADE, requests: 3, invocations: 3 },
  {
    name: 'A withdrawal, until confirmed',
    steps: { ...WITHDRAWAL, ...FOLLOWED },
    requests: 1,
    invocations: 4,
  },
  {
    name: 'Two register, offer, trade, withdraw',
    steps: { registerAccount: 2, createOffer: 1, ...TRADE, ...WITHDRAWAL, ...FOLLOWED },
    requests: 7,
    invocations: 10,
  },
];

/** The whole usage of a flow. */
export const usageOf = ({ steps }: Flow, usages: ReadonlyMap<string, Usage>): Usage =>
  sumOf(Object.entries(steps).flatMap(([label, times]) => Array<Usage>(times).fill(usages.get(label)!)));

/**
 * Upper bound of write units of the three steps of a trade, indexes included: 29; 10 for the lists by state
 * (docs/adr/0025-lists.md); 2 for counting the taker's open trades (docs/adr/0022-limits-per-account.md); 10 for the
 * three events (docs/adr/0031-events.md); 1 for counting starts by time (docs/adr/0040-rates.md); 2 for the check that
 * takes are not halted (docs/adr/0046-halts.md); 4 for the reference (docs/adr/0041-payment-accounts.md); 2 for the list of
 * holds (docs/adr/0047-trade-rules.md); 6 for three notices (docs/adr/0051-notices.md); and 6 for the reputation of both
 * parties, afterwards (docs/adr/0052-reputation.md).
 */
export const TRADE_WRITE_UNITS_AT_MOST = 72;
export const tradeUsage = (usages: ReadonlyMap<string, Usage>) => usageOf(FLOWS[0]!, usages);
