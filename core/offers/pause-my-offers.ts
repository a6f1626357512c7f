import type { Caller } from '../caller.ts';
import { changeMyOffers } from './change-my-offers.ts';
import type { OfferPorts } from './ports.ts';

/** Pauses the caller's open offers, and marks them for resumeMyOffers. Their trades continue. */
export const pauseMyOffers =
  (ports: Pick<OfferPorts, 'offers' | 'clock'>) =>
  async (_input: unknown, caller: Pick<Caller, 'accountId'>): Promise<{ changed: number }> =>
    changeMyOffers(ports, caller, (offer) =>
      offer.state === 'open' ? { ...offer, state: 'paused', pausedTogether: true } : undefined,
    );
