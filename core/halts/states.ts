/**
 * The parts that an admin can halt. `offers`: no offer comes onto the market. `takes`: no trade starts. `payouts`: no
 * withdrawal is requested, and no queued one is paid.
 */
export const HALTS = ['offers', 'takes', 'payouts'] as const;
export type HaltName = (typeof HALTS)[number];
