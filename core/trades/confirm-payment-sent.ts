import type { TradePorts } from './ports.ts';
import { takeStep } from './take-step.ts';

/** The buyer says that the payment was sent. */
export const confirmPaymentSent = (ports: TradePorts) =>
  takeStep(ports, () => ({ name: 'confirmPaymentSent' }));
