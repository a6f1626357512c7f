import type {
  AccountId,
  ChallengeId,
  DepositId,
  OfferId,
  SessionId,
  TradeId,
  TransferId,
  WithdrawalId,
} from '#core/ids.ts';
import type { LedgerAccount } from '#core/ledger/ledger.ts';

/**
 * Every key of every table, and what asks by it. Costs are eventually consistent read units for items under 4 KB
 * (strongly consistent reads cost twice that).
 *
 * | table         | access                                   | by                    | key                            | RCU  |
 * |---------------|------------------------------------------|-----------------------|--------------------------------|------|
 * | accounts      | an account                               | auth                  | ACCOUNT#id                     | 0.5  |
 * | accounts      | who has this username                    | auth                  | USERNAME#folded                | 0.5  |
 * | sessions      | is this session alive; its refresh token | all, auth             | SESSION#id                     | 0.5  |
 * | sessions      | a sign-in waiting for its second factor  | auth                  | CHALLENGE#id                   | 0.5  |
 * | sessions      | a bucket of tries; an address known      | auth                  | THROTTLE#bucket, KNOWN#place   | 0.5  |
 * | secondFactors | an account's TOTP                        | auth, wallet          | ACCOUNT#id                     | 0.5  |
 * | secondFactors | wrong codes of an account                | auth, wallet          | THROTTLE#bucket                | 0.5  |
 * | people        | how others see an account                | auth, offers, trades  | PERSON#id                      | 0.5  |
 * | offers        | one offer                                | offers, trades        | OFFER#id                       | 0.5  |
 * | offers        | a market, best price first               | offers                | by-price: side#currency#kind   | page |
 * | offers        | all open offers, newest first            | offers                | newest: open                   | page |
 * | offers        | an owner's offers                        | offers                | by-owner: account              | page |
 * | trades        | one trade                                | trades                | TRADE#id                       | 0.5  |
 * | trades        | trades of a party                        | trades                | by-buyer, by-seller: account   | page |
 * | trades        | what has run out of time                 | expireTrades          | by-expiry: shard               | page |
 * | ledger        | a balance                                | trades, wallet        | BALANCE#account (#shard)       | 0.5  |
 * | ledger        | one transfer                             | trades, payments      | TRANSFER#id                    | 0.5  |
 * | ledger        | a statement                              | wallet                | by-debit, by-credit: account   | page |
 * | payments      | a withdrawal, deposit, address           | wallet, schedules     | WITHDRAWAL#id …                | 0.5  |
 * | payments      | somebody's withdrawals or deposits       | wallet                | by-account: kind#account       | page |
 * | payments      | what waits for a schedule, free addresses| schedules, wallet     | by-state: kind#state           | page |
 * | payments      | an account's address and pending deposits| wallet                | RECEIVING#account              | 0.5  |
 * | payments      | who may pay, and what is in doubt        | payer, schedules      | PAYER                          | 1 W  |
 * | payments      | what the watcher saw last                | wallet, system        | HEARTBEAT, WATCHED             | 0.5  |
 * | any           | an answer given for an idempotency key   | keyed operations      | IDEMPOTENCY#account#op#key     | 0.5  |
 */
const key = (pk: string, sk = '-') => ({ pk, sk });

export const accountKey = (id: AccountId) => key(`ACCOUNT#${id}`);
export const usernameKey = (folded: string) => key(`USERNAME#${folded}`);
export const sessionKey = (id: SessionId) => key(`SESSION#${id}`);
export const challengeKey = (id: ChallengeId) => key(`CHALLENGE#${id}`);
/** Tokens of a throttle: how many tries are left. */
export const throttleKey = (bucket: string) => key(`THROTTLE#${bucket}`);
/** An address that an account has signed in from. */
export const knownPlaceKey = (place: string) => key(`KNOWN#${place}`);
export const personKey = (id: AccountId) => key(`PERSON#${id}`);
export const offerKey = (id: OfferId) => key(`OFFER#${id}`);
export const tradeKey = (id: TradeId) => key(`TRADE#${id}`);
export const transferKey = (id: TransferId) => key(`TRANSFER#${id}`);
export const withdrawalKey = (id: WithdrawalId) => key(`WITHDRAWAL#${id}`);
export const depositKey = (id: DepositId) => key(`DEPOSIT#${id}`);
export const addressKey = (address: string) => key(`ADDRESS#${address}`);
/** In payments: an account's deposit address and what is pending for it. */
export const receivingKey = (id: AccountId) => key(`RECEIVING#${id}`);
export const PAYER_KEY = key('PAYER');
export const HEARTBEAT_KEY = key('HEARTBEAT');
export const WATCHED_KEY = key('WATCHED');
/** What an account drew from the faucet on a day (UTC). */
export const faucetKey = (account: AccountId, day: string) => key(`FAUCET#${account}#${day}`);

export const idempotencyKey = (accountId: AccountId, operation: string, idempotency: string) =>
  key(`IDEMPOTENCY#${accountId}#${operation}#${idempotency}`);

/** House accounts are spread over this many items: one item takes 1,000 write units a second at most. */
const HOUSE_SHARDS = 8;

/** The shard of its house accounts that a transfer books in. */
export const houseShard = (transfer: TransferId) =>
  [...transfer].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 65_521, 7) % HOUSE_SHARDS;

export const balanceKey = (account: LedgerAccount, shard?: number) =>
  key(`BALANCE#${account}`, shard === undefined ? '-' : `${shard}`);
