import { memoryAccounts } from '#adapters/memory/accounts.ts';
import { memoryAddresses } from '#adapters/memory/addresses.ts';
import { memoryBooks } from '#adapters/memory/books.ts';
import { memoryChain } from '#adapters/memory/chain.ts';
import { memoryDeposits } from '#adapters/memory/deposits.ts';
import { memoryDisputes } from '#adapters/memory/disputes.ts';
import { memoryHalts } from '#adapters/memory/halts.ts';
import { memoryHeartbeats } from '#adapters/memory/heartbeats.ts';
import { memoryHints } from '#adapters/memory/hints.ts';
import { memoryHouseWallet } from '#adapters/memory/house-wallet.ts';
import { memoryLedger } from '#adapters/memory/ledger.ts';
import { memoryMailTokens } from '#adapters/memory/mail.ts';
import { memoryModeration } from '#adapters/memory/moderation.ts';
import { memoryNode } from '#adapters/memory/node.ts';
import { memoryOffers } from '#adapters/memory/offers.ts';
import { memoryOutbox } from '#adapters/memory/outbox.ts';
import { memoryPayerLease, type PayerItem } from '#adapters/memory/payer-lease.ts';
import { memoryPaymentAccounts } from '#adapters/memory/payment-accounts.ts';
import { memoryPayoutQueue } from '#adapters/memory/payout-queue.ts';
import { memoryPeople } from '#adapters/memory/people.ts';
import { memoryPrices } from '#adapters/memory/prices.ts';
import { memoryReputation } from '#adapters/memory/reputation.ts';
import { memorySecondFactors } from '#adapters/memory/second-factors.ts';
import { memoryBuckets } from '#adapters/memory/sessions-throttle.ts';
import { memoryTrades } from '#adapters/memory/trades.ts';
import { memoryWatchStates } from '#adapters/memory/watch-states.ts';
import { memoryWithdrawals } from '#adapters/memory/withdrawals.ts';
import { stepUp } from '#core/accounts/second-factor.ts';
import type { Ids } from '#core/ids.ts';
import { asPiconero } from '#core/money/xmr.ts';
import { asInstant, type Clock, type Instant } from '#core/time.ts';
import { SMALLEST_WITHDRAWAL_PICONERO } from '#core/withdrawals/limits.ts';
import { fakeCipher, fakeSecrets, fakeTotp, noWebAuthn } from './fakes.ts';
import { Processes } from './processes.ts';

const BEGIN = asInstant(1_700_000_010_000);

/** Coins of the house wallet, because the fake returns no change. */
const COINS = 120;
const COIN = asPiconero(3_000_000_000_000n);

/** The time of the world. Each process reads it with the skew of its own clock. */
class WorldTime implements Clock {
  readonly #processes: Processes;
  /** The latest time that any process can have read. */
  latest = BEGIN;
  present: Instant = BEGIN;

  constructor(processes: Processes) {
    this.#processes = processes;
  }

  now = () => asInstant(this.present + (this.#processes.running?.skewMs ?? 0));

  /** @param ms milliseconds; less than 0 if the clocks are set back */
  pass(ms: number) {
    this.present = asInstant(this.present + ms);
    if (this.present > this.latest) this.latest = this.present;
  }
}

/** Ids sort by the order in which they were made, and are the same in each run. */
function countedIds(): Ids {
  let made = 0;
  return {
    next: <T extends string>() => {
      made += 1;
      return `id${made.toString(36).padStart(6, '0')}` as T;
    },
  };
}

/** The asynchronous ports, whose calls wait for the scheduler. */
const SCHEDULED = [
  'trades',
  'offers',
  'disputes',
  'withdrawals',
  'deposits',
  'addresses',
  'ledger',
  'rows',
  'halts',
  'people',
  'paymentAccounts',
  'factors',
  'codeBuckets',
  'prices',
  'outbox',
  'states',
  'heartbeats',
  'lease',
  'queue',
  'hints',
  'wallet',
  'node',
] as const;

const log = { info() {}, warn() {}, error() {} };

/** The stores of one house, in memory, and the chain. */
function memoryStores(time: Clock) {
  const books = memoryBooks();
  const people = memoryPeople();
  const factors = memorySecondFactors();
  const offers = memoryOffers(books);
  const halts = memoryHalts();
  const addresses = memoryAddresses();
  const chain = memoryChain();
  const payer: PayerItem = {};
  const paymentAccounts = memoryPaymentAccounts({ books, factors });
  const trades = memoryTrades({ books, offers, paymentAccounts, people, factors, halts });
  const accounts = memoryAccounts({ books, people, factors, mailTokens: memoryMailTokens() });
  const moderation = memoryModeration({
    books,
    accounts,
    offers,
    halts,
    reputation: memoryReputation({ books }),
  });
  return {
    books,
    chain,
    ports: {
      trades,
      offers,
      halts,
      people,
      factors,
      addresses,
      paymentAccounts,
      disputes: memoryDisputes({ trades, moderation }),
      withdrawals: memoryWithdrawals({ books, payer, factors, halts }),
      deposits: memoryDeposits({ books, addresses }),
      ledger: memoryLedger(books),
      rows: books.rows,
      codeBuckets: memoryBuckets(),
      prices: memoryPrices(),
      outbox: memoryOutbox(books),
      states: memoryWatchStates(),
      heartbeats: memoryHeartbeats(),
      lease: memoryPayerLease(payer, time),
      queue: memoryPayoutQueue(),
      hints: memoryHints(),
      node: memoryNode(chain),
      wallet: memoryHouseWallet(chain, {
        coins: Array.from({ length: COINS }, () => ({ amountPiconero: COIN })),
      }),
    },
  };
}

/** A house with its chain and clock. `stores` are the ports without the scheduler, for the outside world. */
export function simulatedWorld() {
  const processes = new Processes();
  const time = new WorldTime(processes);
  const { books, chain, ports: stores } = memoryStores(time);
  const { queue, ...scheduled } = processes.scheduled(stores, SCHEDULED);
  const codes = {
    factors: scheduled.factors,
    codeBuckets: scheduled.codeBuckets,
    totp: fakeTotp,
    webAuthn: noWebAuthn,
    cipher: fakeCipher,
    secrets: fakeSecrets,
    clock: time,
  };
  return {
    processes,
    time,
    books,
    chain,
    stores,
    ports: {
      ...scheduled,
      queue: { send: queue.send },
      clock: time,
      ids: countedIds(),
      log,
      /** Waiting is like a call: other processes run meanwhile. */
      sleep: processes.scheduled({ timer: { sleep: async (ms: number) => time.pass(ms) } }, ['timer']).timer
        .sleep,
      stepUp: stepUp(codes),
      detailsCipher: fakeCipher,
      network: 'regtest' as const,
      smallestPiconero: SMALLEST_WITHDRAWAL_PICONERO,
    },
  };
}

export type SimulatedWorld = ReturnType<typeof simulatedWorld>;
