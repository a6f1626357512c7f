import type { TradePorts } from './ports.ts';
import { takeStep } from './take-step.ts';

/** The seller says that the payment arrived: the held XMR goes to the buyer. */
export const confirmPaymentReceived = (ports: TradePorts) =>
  takeStep(ports, () => ({ name: 'confirmPaymentReceived' }));
