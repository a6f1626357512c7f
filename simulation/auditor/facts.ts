import type { Request } from '../acts.ts';
import type { SimulatedWorld } from '../world.ts';
import type { ExpectedBalances } from './accounts.ts';

/** What each part of the auditor knows. */
export type Facts = {
  world: SimulatedWorld;
  balances: ExpectedBalances;
  halts: { takes: boolean; payouts: boolean };
  /** The number of the present step, and of the last one that reorganised the chain. */
  step: number;
  lastReorganisation: number;
  isModerator(person: string): boolean;
  /** @throws Violation if the request lacks a second factor that its sender has */
  expectFactor(request: Request): void;
  /** The person who was given an address. */
  ownerOf(address: string): string | undefined;
};
