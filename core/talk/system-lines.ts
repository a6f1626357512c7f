import { historyOf, type Trade } from '../trades/trades.ts';
import { firstIdAt, type SystemLine } from './messages.ts';

/**
 * The lines about the steps of a trade, oldest first. They are made from its history when they are read, so that there
 * is one for each step, at no cost.
 */
export const systemLines = (trade: Trade): SystemLine[] =>
  historyOf(trade).map(({ state, at }, count) => ({
    id: firstIdAt(trade.id, at, count),
    from: 'system',
    text: state,
    at,
  }));
