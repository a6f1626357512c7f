import type { Caller } from '../caller.ts';
import { refusedByHalt } from '../halts/halts.ts';
import type { Refusal } from '../refusal.ts';
import { changeMyOffers } from './change-my-offers.ts';
import { withCover } from './cover.ts';
import { isInDebt } from './debt.ts';
import type { Offer } from './offers.ts';
import type { OfferPorts } from './ports.ts';

/**
 * Opens the offers that pauseMyOffers paused. Offers that the owner paused one by one stay paused. Offers to sell stay
 * paused while the balance is below zero, and a later call opens them.
 */
export const resumeMyOffers =
  (ports: OfferPorts) =>
  async (_input: unknown, caller: Caller): Promise<{ changed: number } | Refusal> => {
    const halted = refusedByHalt(await ports.halts.read(), 'offers');
    if (halted) return halted;
    const maySell = !isInDebt(await ports.ledger.balance(caller.accountId));
    const open = ({ pausedTogether, ...offer }: Offer): Offer | undefined => {
      const mayOpen = offer.side === 'buy' || maySell;
      return offer.state === 'paused' && pausedTogether && mayOpen ? { ...offer, state: 'open' } : undefined;
    };
    return changeMyOffers(ports, caller, open, (next) => withCover(next, ports));
  };
