import type { TradeId } from '../ids.ts';

/** Capitals and digits that nobody takes for one another. Without vowels they form no words. */
const LETTERS = '34679CDFGHJKMNPQRTWXY';
const LENGTH = 6;
const REFERENCES = LETTERS.length ** LENGTH;

/** Both share no factor with `REFERENCES`. Ids that differ in one letter get references that differ in several. */
const STEP = 69_069;
const SPREAD = 53_006_377;

/**
 * The code of a trade that the buyer puts on the transfer: short, for bank forms that accept capitals and digits only,
 * and without a word that tells the bank about the trade.
 *
 * It is computed from the id, so that older trades have one too. Two ids may have the same one. The transaction of a
 * start refuses a code that an open trade of the seller has.
 */
export function referenceOf(id: TradeId): string {
  const mixed = [...id].reduce((sum, letter) => (sum * STEP + letter.charCodeAt(0)) % REFERENCES, 7);
  let rest = (mixed * SPREAD) % REFERENCES;
  let reference = '';
  for (let n = 0; n < LENGTH; n += 1) {
    reference += LETTERS[rest % LETTERS.length];
    rest = Math.floor(rest / LETTERS.length);
  }
  return reference;
}
