import type { TradePorts } from './ports.ts';
import { takeStep } from './take-step.ts';

/** A party asks for an arbitrator, who then decides on the held XMR. A request to end the trade is dropped by it. */
export const openDispute = (ports: TradePorts) =>
  takeStep(ports, ({ reason }: { reason: string }) => ({ name: 'openDispute', reason }));
