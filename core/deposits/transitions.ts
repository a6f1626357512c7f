import { CONFIRMATIONS_NEEDED } from '../chain/confirmations.ts';
import type { Unlock } from '../chain/wallet.ts';
import type { DepositEvent } from '../events/events.ts';
import type { Ids, TransferId } from '../ids.ts';
import { houseAccount, type Move, transfer, userAccount } from '../ledger/ledger.ts';
import type { Instant } from '../time.ts';
import type { Deposit, DepositState } from './deposits.ts';

/** The place of a deposit's transaction now. `isLocked`: its coins cannot be spent yet, whatever its depth. */
export type Sighting =
  | { in: 'nowhere' }
  | ({ in: 'pool' } & Unlock)
  | ({ in: 'block'; minedHeight: number; isLocked: boolean } & Unlock);

/** `deep`: unlocked, and in a block with at least `CONFIRMATIONS_NEEDED` confirmations. */
type Depth = 'nowhere' | 'pool' | 'block' | 'deep';

type Transition = { to: DepositState; ledger?: 'credit' | 'reverse'; event?: DepositEvent['type'] };

/**
 * The next state of a deposit and the ledger move, by its state and the depth of its transaction. An ended deposit
 * becomes `seen` again only in a block, and needs all its confirmations again.
 */
const TRANSITIONS: Record<DepositState, Record<Depth, Transition>> = {
  seen: {
    nowhere: { to: 'dropped', event: 'deposit_dropped' },
    pool: { to: 'seen' },
    block: { to: 'seen' },
    deep: { to: 'credited', ledger: 'credit', event: 'deposit_credited' },
  },
  credited: {
    nowhere: { to: 'reversed', ledger: 'reverse', event: 'deposit_reversed' },
    pool: { to: 'reversed', ledger: 'reverse', event: 'deposit_reversed' },
    block: { to: 'credited' },
    deep: { to: 'credited' },
  },
  dropped: {
    nowhere: { to: 'dropped' },
    pool: { to: 'dropped' },
    block: { to: 'seen', event: 'deposit_seen' },
    deep: { to: 'seen', event: 'deposit_seen' },
  },
  reversed: {
    nowhere: { to: 'reversed' },
    pool: { to: 'reversed' },
    block: { to: 'seen', event: 'deposit_seen' },
    deep: { to: 'seen', event: 'deposit_seen' },
  },
};

/** One step of a deposit: the version that was read, the next one, and everything that is written with it. */
export type Change = {
  from: Deposit;
  to: Deposit;
  moves: readonly Move[];
  events: readonly DepositEvent[];
};

/** The event of a deposit's newest version. */
export const depositEvent = (
  type: DepositEvent['type'],
  { id, accountId, version }: Deposit,
  at: Instant,
): DepositEvent => ({ type, depositId: id, accountIds: [accountId], version, at });

/**
 * The step of a deposit after a sighting; `undefined` if nothing changes. Only this function changes state and version.
 *
 * @param height number of blocks that both node and wallet have read
 */
export function follow(
  from: Deposit,
  sighting: Sighting,
  { height, now, ids }: { height: number; now: Instant; ids: Ids },
): Change | undefined {
  const { to: state, ledger, event } = TRANSITIONS[from.state][depthOf(sighting, height)];
  const to = nextOf(from, state, sighting, { now, ids });
  if (isSame(from, to)) return undefined;
  const events = event ? [depositEvent(event, to, now)] : [];
  if (ledger === 'credit') return { from, to, moves: [credit(from, now)], events };
  if (ledger === 'reverse') return { from, to, moves: [reversal(from, ids.next<TransferId>(), now)], events };
  return { from, to, moves: [], events };
}

function depthOf(sighting: Sighting, height: number): Depth {
  if (sighting.in !== 'block') return sighting.in;
  const isDeep = height - sighting.minedHeight >= CONFIRMATIONS_NEEDED;
  return isDeep && !sighting.isLocked ? 'deep' : 'block';
}

function nextOf(
  from: Deposit,
  state: DepositState,
  sighting: Sighting,
  { now, ids }: { now: Instant; ids: Ids },
): Deposit {
  const { id, accountId, address, amountPiconero, txid, transferId, seenAt } = from;
  const payment = {
    id,
    accountId,
    address,
    amountPiconero,
    txid,
    transferId,
    seenAt,
    version: from.version + 1,
  };
  if (state === 'dropped') return { ...payment, state, endedAt: now };
  if (state === 'reversed') {
    const creditedAt = 'creditedAt' in from ? from.creditedAt : undefined;
    return { ...payment, state, creditedAt, endedAt: now };
  }
  const { unlockHeight, unlockAt }: Unlock = sighting.in === 'nowhere' ? {} : sighting;
  const minedHeight = sighting.in === 'block' ? sighting.minedHeight : undefined;
  if (state === 'seen') {
    // A reversed deposit gets a new id for its next credit, because the ledger takes each id once.
    const next = from.state === 'reversed' ? ids.next<TransferId>() : transferId;
    return { ...payment, transferId: next, state, minedHeight, unlockHeight, unlockAt };
  }
  if (minedHeight === undefined) throw new Error(`deposit ${id} cannot be credited outside of a block`);
  const creditedAt = from.state === 'credited' ? from.creditedAt : now;
  return { ...payment, state, minedHeight, unlockHeight, unlockAt, creditedAt };
}

function isSame(from: Deposit, to: Deposit): boolean {
  if (from.state !== to.state) return false;
  const isOver = from.state === 'dropped' || from.state === 'reversed';
  if (isOver || to.state === 'dropped' || to.state === 'reversed') return true;
  return (
    from.minedHeight === to.minedHeight &&
    from.unlockHeight === to.unlockHeight &&
    from.unlockAt === to.unlockAt
  );
}

const credit = (deposit: Deposit, now: Instant): Move =>
  transfer({
    id: deposit.transferId,
    kind: 'deposit',
    debit: houseAccount('deposits'),
    credit: userAccount(deposit.accountId),
    amountPiconero: deposit.amountPiconero,
    createdAt: now,
    depositId: deposit.id,
  });

/** The only move that may leave its payer below zero, because the coins are gone even if they were spent here. */
const reversal = (deposit: Deposit, id: TransferId, now: Instant): Move =>
  transfer({
    id,
    kind: 'deposit_reversal',
    debit: userAccount(deposit.accountId),
    credit: houseAccount('deposits'),
    amountPiconero: deposit.amountPiconero,
    createdAt: now,
    depositId: deposit.id,
  });
