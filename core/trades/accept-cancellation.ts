import type { TradePorts } from './ports.ts';
import { takeStep } from './take-step.ts';

/** The other party agrees to end the trade: the held XMR goes back to the seller. */
export const acceptCancellation = (ports: TradePorts) =>
  takeStep(ports, () => ({ name: 'acceptCancellation' }));
