import { MONEY_FAULTS } from './money.ts';
import { TRADE_FAULTS } from './trades.ts';

export const FAULTS = [...TRADE_FAULTS, ...MONEY_FAULTS];
