import type { MinorUnits } from '#core/money/fiat.ts';
import type { Side } from '../api/things.ts';

/** Further off the market than this, in basis points, somebody may have slipped: the site asks, the API does not. */
const FAR_OFF_BP = 2_000;

/** How far a price lies above (or, below 0, under) the market, in basis points, cut towards 0. */
export const deviationBp = (price: MinorUnits, market: MinorUnits): number =>
  Number(((price - market) * 10_000n) / market);

export type FarOff = { bp: number; direction: 'above' | 'below'; side: Side };

/** @param bp undefined where no market price is known: then there is nothing to ask */
export function farOff(bp: number | undefined, side: Side): FarOff | undefined {
  if (bp === undefined || Math.abs(bp) <= FAR_OFF_BP) return undefined;
  return { bp: Math.abs(bp), direction: bp > 0 ? 'above' : 'below', side };
}
