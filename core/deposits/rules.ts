import { CONFIRMATIONS_NEEDED } from '../chain/confirmations.ts';
import type { Unlock } from '../chain/wallet.ts';
import type { Ids, TransferId } from '../ids.ts';
import { houseAccount, type Move, transfer, userAccount } from '../ledger/ledger.ts';
import type { Instant } from '../time.ts';
import type { Deposit, DepositState } from './deposits.ts';

/** Where a deposit's transaction is now. `isLocked`: its coins cannot be spent yet, at any depth. */
export type Sighting =
  | { in: 'nowhere' }
  | ({ in: 'pool' } & Unlock)
  | ({ in: 'block'; minedHeight: number; isLocked: boolean } & Unlock);

/** `deep`: unlocked, and in a block with `CONFIRMATIONS_NEEDED`. */
type Place = 'nowhere' | 'pool' | 'block' | 'deep';

/**
 * The next state of a deposit. `seen` to `credited` moves the amount to its owner, and `credited` to `reversed` moves
 * it back. An ended deposit becomes `seen` again only in a block, and needs all its confirmations again.
 */
const NEXT_STATE: Record<DepositState, Record<Place, DepositState>> = {
  seen: { nowhere: 'dropped', pool: 'seen', block: 'seen', deep: 'credited' },
  credited: { nowhere: 'reversed', pool: 'reversed', block: 'credited', deep: 'credited' },
  dropped: { nowhere: 'dropped', pool: 'dropped', block: 'seen', deep: 'seen' },
  reversed: { nowhere: 'reversed', pool: 'reversed', block: 'seen', deep: 'seen' },
};

export type Step = { to: Deposit; moves: readonly Move[] };

/**
 * The deposit after a sighting, with its ledger moves; `undefined` if nothing changes.
 *
 * @param height number of blocks that both node and wallet have read
 */
export function follow(
  from: Deposit,
  sighting: Sighting,
  { height, now, ids }: { height: number; now: Instant; ids: Ids },
): Step | undefined {
  const state = NEXT_STATE[from.state][placeOf(sighting, height)];
  const ended = state === 'dropped' || state === 'reversed';
  const place = ended || sighting.in === 'nowhere' ? undefined : sighting;
  const to: Deposit = {
    ...from,
    state,
    minedHeight: place?.in === 'block' ? place.minedHeight : undefined,
    unlockHeight: place?.unlockHeight,
    unlockAt: place?.unlockAt,
    version: from.version + 1,
  };
  if (state === from.state) {
    const same =
      to.minedHeight === from.minedHeight &&
      to.unlockHeight === from.unlockHeight &&
      to.unlockAt === from.unlockAt;
    return same ? undefined : { to, moves: [] };
  }
  if (state === 'credited') return { to: { ...to, creditedAt: now }, moves: [credit(from, now)] };
  if (state === 'reversed')
    return { to: { ...to, endedAt: now }, moves: [reversal(from, ids.next<TransferId>(), now)] };
  if (state === 'dropped') return { to: { ...to, endedAt: now }, moves: [] };
  // A reversed deposit gets a new id for its next credit, because the ledger takes each id once.
  const transferId = from.state === 'reversed' ? ids.next<TransferId>() : from.transferId;
  return { to: { ...to, transferId, creditedAt: undefined, endedAt: undefined }, moves: [] };
}

function placeOf(sighting: Sighting, height: number): Place {
  if (sighting.in !== 'block') return sighting.in;
  const isDeep = height - sighting.minedHeight >= CONFIRMATIONS_NEEDED;
  return isDeep && !sighting.isLocked ? 'deep' : 'block';
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
