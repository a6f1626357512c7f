import type { Network } from '#core/chain/networks.ts';
import * as auth from './auth.ts';
import * as deposits from './deposits.ts';
import * as disputes from './disputes.ts';
import * as live from './live.ts';
import * as moderation from './moderation.ts';
import * as notices from './notices.ts';
import * as offers from './offers.ts';
import { existsOn, type Operation } from './operation.ts';
import * as passkeys from './passkeys.ts';
import * as paymentAccounts from './payment-accounts.ts';
import * as privacy from './privacy.ts';
import * as reputation from './reputation.ts';
import * as sandbox from './sandbox.ts';
import * as system from './system.ts';
import * as talk from './talk.ts';
import * as trades from './trades.ts';
import * as wallet from './wallet.ts';
import * as withdrawals from './withdrawals.ts';

const declared = {
  ...auth,
  ...passkeys,
  ...offers,
  ...paymentAccounts,
  ...trades,
  ...disputes,
  ...talk,
  ...reputation,
  ...wallet,
  ...deposits,
  ...withdrawals,
  ...notices,
  ...live,
  ...moderation,
  ...privacy,
  ...sandbox,
  ...system,
};
type Declared = (typeof declared)[keyof typeof declared];

/** Any operation, by its exact type. */
export type AnyOperation = Extract<Declared, Operation>;

/** Whether an export of a contract module is an operation. */
export const isOperation = (value: unknown): value is AnyOperation =>
  typeof value === 'object' && value !== null && 'route' in value && 'success' in value;

/** All operations, of every network. A route that is not here does not exist. */
export const operations: readonly Operation[] = Object.values<unknown>(declared).filter(isOperation);

/** The operations that exist on a network. Those of the sandbox exist on regtest only. */
export const operationsOn = (network: Network): readonly Operation[] =>
  operations.filter((operation) => existsOn(operation, network));
