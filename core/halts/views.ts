import type { Halts } from './halts.ts';
import type { HALTS } from './states.ts';

/** Each halt, with its reason and time if it is on. */
export const haltsView = (halts: Halts) => {
  const viewOf = (name: (typeof HALTS)[number]) => {
    const halt = halts[name];
    return halt ? { on: true, reason: halt.reason, since: halt.since } : { on: false };
  };
  return { offers: viewOf('offers'), takes: viewOf('takes'), payouts: viewOf('payouts') };
};
