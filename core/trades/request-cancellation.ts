import type { TradePorts } from './ports.ts';
import { takeStep } from './take-step.ts';

/** A party asks the other one to end the trade, so that the held XMR goes back to the seller. */
export const requestCancellation = (ports: TradePorts) =>
  takeStep(ports, () => ({ name: 'requestCancellation' }));
