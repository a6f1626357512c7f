import type { DomainEvent, StoredEvent } from '#core/events/events.ts';
import type { Remembered } from '#core/idempotency.ts';
import { balanceChanges } from '#core/ledger/balances.ts';
import {
  type Balance,
  isHouse,
  type LedgerAccount,
  type Move,
  mayOverdraw,
  type Transfer,
} from '#core/ledger/ledger.ts';
import { asPiconero } from '#core/money/xmr.ts';
import { type Notice, noticesOf } from '#core/notices/notices.ts';

const NOTHING: Balance = { availablePiconero: asPiconero(0n), heldPiconero: asPiconero(0n) };

/** Money and undelivered events in memory. The fakes of all ports that write them share one. */
export function memoryBooks() {
  const balances = new Map<LedgerAccount, Balance>();
  const transfers = new Map<string, Transfer>();
  const remembered = new Map<string, Remembered>();
  const events: StoredEvent[] = [];
  const notices = new Map<string, Notice>();

  const balance = (account: LedgerAccount) => balances.get(account) ?? NOTHING;
  const rowKey = (row: Pick<Remembered, 'accountId' | 'operation' | 'key'>) =>
    `${row.accountId}#${row.operation}#${row.key}`;

  function refusedMove({ step, transfer }: Move) {
    const settles = step === 'post' || step === 'void';
    const known = transfers.get(transfer.id);
    return settles ? known?.status !== 'pending' : known !== undefined;
  }

  /** The first reason not to write, as the store would give it. */
  function refused(moves: readonly Move[]): 'insufficient_funds' | 'already_settled' | undefined {
    if (moves.some(refusedMove)) return 'already_settled';
    if (moves.some(mayOverdraw)) return undefined;
    const short = balanceChanges(moves).some(({ account, available, isWhole }) => {
      if (isHouse(account) || available >= 0n) return false;
      const { availablePiconero } = balance(account);
      return isWhole ? availablePiconero !== -available : availablePiconero < -available;
    });
    return short ? 'insufficient_funds' : undefined;
  }

  return {
    balances,
    transfers,
    balance,
    rows: {
      find: async (row: Pick<Remembered, 'accountId' | 'operation' | 'key'>) => remembered.get(rowKey(row)),
    },
    /** Replaces the body of a stored answer. */
    reduceAnswer(row: Pick<Remembered, 'accountId' | 'operation' | 'key'>, body: object) {
      const known = remembered.get(rowKey(row));
      if (known) remembered.set(rowKey(row), { ...known, body: JSON.stringify(body) });
    },
    /** Undelivered events, oldest first. */
    events,
    /** By account and id. */
    notices,
    /**
     * Writes all or nothing.
     *
     * @param row the stored answer to an idempotency key
     * @returns the reason if nothing was written
     */
    apply(moves: readonly Move[], happened: readonly DomainEvent[] = [], row?: Remembered) {
      if (row && remembered.has(rowKey(row))) return 'idempotency_key_reused' as const;
      const reason = refused(moves);
      if (reason) return reason;
      for (const { transfer } of moves) transfers.set(transfer.id, transfer);
      for (const { account, available, held } of balanceChanges(moves)) {
        const before = balance(account);
        balances.set(account, {
          availablePiconero: asPiconero(before.availablePiconero + available),
          heldPiconero: asPiconero(before.heldPiconero + held),
        });
      }
      if (row) remembered.set(rowKey(row), row);
      const stored = happened.map((event) => ({ ...event, requestId: 'none' }));
      events.push(...stored);
      for (const notice of stored.flatMap(noticesOf)) notices.set(`${notice.accountId} ${notice.id}`, notice);
      return undefined;
    },
  };
}

export type MemoryBooks = ReturnType<typeof memoryBooks>;
