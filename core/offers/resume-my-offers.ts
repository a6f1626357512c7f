import type { Caller } from '../caller.ts';
import { changeMyOffers } from './change-my-offers.ts';
import { refusedForDebt } from './debt.ts';
import type { Offer } from './offers.ts';
import type { OfferPorts } from './ports.ts';

/**
 * Opens the offers that pauseMyOffers paused. Offers that the owner paused one by one stay paused. Offers to sell stay
 * paused while the balance is below zero, and a later call opens them.
 */
export const resumeMyOffers =
  (ports: OfferPorts) =>
  async (_input: unknown, caller: Caller): Promise<{ changed: number }> => {
    const { accountId: ownerId } = caller;
    const maySell = !(await refusedForDebt({ ownerId, side: 'sell' }, ports.ledger));
    return changeMyOffers(ports, caller, ({ pausedTogether, ...offer }): Offer | undefined => {
      const mayOpen = offer.side === 'buy' || maySell;
      return offer.state === 'paused' && pausedTogether && mayOpen ? { ...offer, state: 'open' } : undefined;
    });
  };
