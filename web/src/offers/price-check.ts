import type { MinorUnits } from '#core/money/fiat.ts';
import type { Side } from '../api/things.ts';

/** In basis points. A larger deviation may be a typing error, so the site asks for a confirmation. */
const FAR_OFF_BP = 2_000;

/** Deviation of a price from the market in basis points, truncated. Negative: below the market. */
export const deviationBp = (price: MinorUnits, market: MinorUnits): number =>
  Number(((price - market) * 10_000n) / market);

export type FarOff = { bp: number; direction: 'above' | 'below'; side: Side };

/** @param bp undefined if there is no market price, and so nothing to confirm */
export function farOff(bp: number | undefined, side: Side): FarOff | undefined {
  if (bp === undefined || Math.abs(bp) <= FAR_OFF_BP) return undefined;
  return { bp: Math.abs(bp), direction: bp > 0 ? 'above' : 'below', side };
}

/** Whether somebody on this side loses the difference: by selling below the market, or buying above it. */
export const isLossFor = ({ direction }: FarOff, side: Side): boolean =>
  (side === 'sell') === (direction === 'below');
