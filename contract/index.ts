import * as auth from './auth.ts';
import * as offers from './offers.ts';
import type { Operation } from './operation.ts';
import * as system from './system.ts';
import * as trades from './trades.ts';
import * as wallet from './wallet.ts';

const isOperation = (value: unknown): value is Operation =>
  typeof value === 'object' && value !== null && 'route' in value && 'success' in value;

/** Every operation there is. A route that is not here does not exist. */
export const operations: readonly Operation[] = [auth, offers, trades, wallet, system].flatMap((domain) =>
  Object.values<unknown>(domain).filter(isOperation),
);
