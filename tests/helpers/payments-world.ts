import { memoryAddresses } from '#adapters/memory/addresses.ts';
import { memoryBooks } from '#adapters/memory/books.ts';
import { memoryChain } from '#adapters/memory/chain.ts';
import { memoryDeposits } from '#adapters/memory/deposits.ts';
import { memoryHeartbeats } from '#adapters/memory/heartbeats.ts';
import { madeUpAddress, memoryHouseWallet } from '#adapters/memory/house-wallet.ts';
import { memoryLedger } from '#adapters/memory/ledger.ts';
import { memoryNode } from '#adapters/memory/node.ts';
import { memoryPayerLease, type PayerItem } from '#adapters/memory/payer-lease.ts';
import { memoryPayoutQueue } from '#adapters/memory/payout-queue.ts';
import { memoryWatchStates } from '#adapters/memory/watch-states.ts';
import { memoryWithdrawals } from '#adapters/memory/withdrawals.ts';
import type { Caller } from '#core/caller.ts';
import type { AccountId, TransferId } from '#core/ids.ts';
import { houseAccount, transfer, userAccount } from '#core/ledger/ledger.ts';
import { asPiconero, type Piconero } from '#core/money/xmr.ts';
import { isRefusal } from '#core/refusal.ts';
import type { StepUp } from '#core/step-up.ts';
import { asInstant } from '#core/time.ts';
import { SMALLEST_WITHDRAWAL_PICONERO } from '#core/withdrawals/limits.ts';
import { requestWithdrawal } from '#core/withdrawals/request-withdrawal.ts';

export const ALICE = { accountId: 'alice', sessionId: 'session' } as Caller;
/** Of somebody outside; the house wallet of these tests makes other ones. */
export const OUTSIDE = madeUpAddress(60_000);
export const XMR = 1_000_000_000_000n;

/** The step-up of an account without a second factor. */
export const NO_SECOND_FACTOR: StepUp = (_caller, _code, effect) => effect(undefined);

const silent = { info: () => {}, warn: () => {}, error: () => {} };

/** The payments side of the house over fakes: a clock one turns, a chain one mines. */
export function paymentsWorld(wallet: Parameters<typeof memoryHouseWallet>[1] = {}) {
  let now = 1_000_000;
  let made = 0;
  const payer: PayerItem = {};
  const books = memoryBooks();
  const addresses = memoryAddresses();
  const chain = memoryChain();
  const clock = { now: () => asInstant(now) };
  const ids = { next: <T extends string>() => `id-${String(++made).padStart(6, '0')}` as T };
  const ports = {
    chain,
    withdrawals: memoryWithdrawals(books, payer),
    deposits: memoryDeposits(books, addresses),
    addresses,
    states: memoryWatchStates(),
    heartbeats: memoryHeartbeats({
      at: clock.now(),
      node: 'ok',
      wallet: 'ok',
      height: chain.height(),
      feePerBytePiconero: asPiconero(20_000n),
    }),
    ledger: memoryLedger(books),
    lease: memoryPayerLease(payer, clock),
    queue: memoryPayoutQueue(),
    wallet: memoryHouseWallet(chain, wallet),
    node: memoryNode(chain),
    stepUp: NO_SECOND_FACTOR,
    smallestPiconero: SMALLEST_WITHDRAWAL_PICONERO,
    network: 'regtest' as const,
    log: silent,
    clock,
    ids,
  };

  return {
    ...ports,
    ports,
    books,
    pass: (ms: number) => {
      now += ms;
    },
    give(accountId: AccountId, amount: bigint) {
      books.apply([
        transfer({
          id: ids.next<TransferId>(),
          kind: 'faucet',
          debit: houseAccount('faucet'),
          credit: userAccount(accountId),
          amountPiconero: asPiconero(amount),
          createdAt: clock.now(),
        }),
      ]);
    },
    balance: (accountId: AccountId = ALICE.accountId) => books.balance(userAccount(accountId)),
    /** Alice orders a payment to somebody outside. */
    async order(amount = XMR as Piconero, key = `key-${made}`) {
      const asked = { address: OUTSIDE, amountXmr: asPiconero(amount) };
      const remember = () => ({
        accountId: ALICE.accountId,
        operation: 'requestWithdrawal',
        key,
        fingerprint: '',
        status: 202,
        body: '',
      });
      const view = await requestWithdrawal(ports)(asked, ALICE, { remember });
      if (isRefusal(view)) throw new Error(view.refused);
      return view.id;
    },
  };
}

export type PaymentsWorld = ReturnType<typeof paymentsWorld>;
