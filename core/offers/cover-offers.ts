import { forEachIsolated } from '../for-each-isolated.ts';
import type { AccountId, OfferId } from '../ids.ts';
import { retryOnConflict } from '../retry-on-conflict.ts';
import { type CoverPorts, isNews, needsCover, toleratedAround, withCover } from './cover.ts';

/**
 * Decides again which offers to sell of an account its balance covers. It reads the newest balance, so that a message
 * that comes late or twice does no harm, and only offers that may turn at this balance.
 *
 * Each offer is a write of its own. If the process dies, some offers are decided, and the message is delivered again.
 *
 * @returns the number of offers that were written
 * @throws the errors of single offers, after all others were tried
 */
export const coverOffers =
  (ports: CoverPorts) =>
  async ({ accountId }: { accountId: AccountId }): Promise<number> => {
    const { availablePiconero } = await ports.ledger.balance(accountId);
    const ids = await ports.offers.turningAt(accountId, toleratedAround(availablePiconero));
    let written = 0;
    await forEachIsolated(ids, async (id) => {
      if (await coverOffer(ports, id)) written += 1;
    });
    return written;
  };

/** Decides again about one offer, as it is stored now. @returns whether it was written */
export const coverOffer = (ports: CoverPorts, id: OfferId): Promise<boolean> =>
  retryOnConflict(`offer ${id}`, async () => {
    const offer = await ports.offers.get(id);
    if (!offer || !needsCover(offer)) return false;
    const { offer: next, seen } = await withCover(offer, ports);
    if (!seen || !next.cover || !isNews(offer, next.cover)) return false;
    return (await ports.offers.saveCover(next, seen)) ?? true;
  });
