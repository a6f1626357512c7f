import type { Request } from '../acts.ts';
import type { SimulatedWorld } from '../world.ts';
import type { ExpectedBalances } from './accounts.ts';

/** The facts that all parts of the auditor share. */
export type Facts = {
  world: SimulatedWorld;
  balances: ExpectedBalances;
  halts: { takes: boolean; payouts: boolean };
  /** The number of the current step. */
  step: number;
  /** The step of the last reorganisation; -1 for none. */
  lastReorganisation: number;
  isModerator(person: string): boolean;
  /** @throws Violation if the request lacks a second factor that its sender has */
  expectFactor(request: Request): void;
  /** The person who was given an address. */
  ownerOf(address: string): string | undefined;
};
