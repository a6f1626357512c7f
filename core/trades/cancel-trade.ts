import type { TradePorts } from './ports.ts';
import { takeStep } from './take-step.ts';

/** The buyer gives the trade up: the held XMR goes back to the seller. */
export const cancelTrade = (ports: TradePorts) => takeStep(ports, () => ({ name: 'cancelTrade' }));
