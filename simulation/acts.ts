/** An operation of the API, by its name. */
export type Operation =
  | 'createOffer'
  | 'updateOffer'
  | 'closeOffer'
  | 'startTrade'
  | TradeStep
  | 'resolveDispute'
  | 'getTrade'
  | 'newDepositAddress'
  | 'getWallet'
  | 'listEntries'
  | 'requestWithdrawal'
  | 'getWithdrawal';

export const TRADE_STEPS = [
  'confirmPaymentSent',
  'confirmPaymentReceived',
  'cancelTrade',
  'requestCancellation',
  'acceptCancellation',
  'retractCancellation',
  'openDispute',
] as const;
export type TradeStep = (typeof TRADE_STEPS)[number];

export const SCHEDULES = [
  'watchDeposits',
  'followWithdrawals',
  'expireTrades',
  'freeHolds',
  'deliverEvents',
] as const;
export type Schedule = (typeof SCHEDULES)[number];

/** A request as it was sent, by the person who really sent it. */
export type Request = {
  kind: 'request';
  sender: string;
  /** The access token. */
  token: string;
  /** How the sender got the token of another account. */
  theft?: 'forged token' | 'stolen session';
  operation: Operation;
  input: Readonly<Record<string, unknown>>;
  /** The idempotency key, for operations that need one. */
  key?: string;
  /** Whether the sender knows the second factor of the account that the token names. */
  hasCode: boolean;
};

export type Act =
  | Request
  | { kind: 'schedule'; name: Schedule }
  | { kind: 'message'; name: 'payWithdrawal'; withdrawalId: string };

export const nameOf = (act: Act): string =>
  act.kind === 'request' ? `${act.sender} ${act.operation}` : act.name;
