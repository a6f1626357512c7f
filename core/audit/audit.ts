import type { IncomingTransfer } from '../chain/wallet.ts';
import { depositId } from '../deposits/deposit-id.ts';
import type { Deposit } from '../deposits/deposits.ts';
import { WINDOW_BLOCKS } from '../deposits/limits.ts';
import type { AccountId } from '../ids.ts';
import { balanceChanges } from '../ledger/balances.ts';
import { type Balance, isHouse, type LedgerAccount, type Move, type Transfer } from '../ledger/ledger.ts';
import { asPiconero, formatXmr, type Piconero } from '../money/xmr.ts';
import { settledHoldOf } from '../trades/rules.ts';
import { hasEnded } from '../trades/states.ts';
import type { Trade } from '../trades/trades.ts';
import { transfersOf } from '../withdrawals/transitions.ts';
import type { Withdrawal } from '../withdrawals/withdrawals.ts';

/** Everything that is stored about money. House accounts are summed over their shards. */
export type Books = {
  balances: ReadonlyMap<LedgerAccount, Balance>;
  transfers: readonly Transfer[];
  trades: readonly Trade[];
  withdrawals: readonly Withdrawal[];
  deposits: readonly Deposit[];
  /** The house wallet's balance, locked coins included; absent if the wallet cannot be asked. */
  walletPiconero?: Piconero;
  /** The stored counters of the limits of each account; absent if they were not read. */
  counters?: readonly Counter[];
  /** The owner of each address that counts as unused. */
  unusedAddresses?: readonly AccountId[];
  /** Transfers into the house wallet, and the addresses that were handed out; absent if the wallet cannot be asked. */
  arrivals?: { height: number; transfers: readonly IncomingTransfer[]; givenOut: ReadonlySet<string> };
};

export type Counter = {
  account: AccountId;
  counts: 'open trades it took' | 'queued withdrawals' | 'unused addresses';
  value: number;
};

const NOTHING: Balance = { availablePiconero: asPiconero(0n), heldPiconero: asPiconero(0n) };

/** The moves that led to a stored transfer. */
function movesOf(stored: Transfer): Move[] {
  const { postedPiconero: _posted, settledAt: _at, ...opened } = stored;
  const held: Move = { step: 'hold', transfer: { ...opened, status: 'pending' } };
  if (stored.status === 'pending') return [held];
  return [held, { step: stored.status === 'posted' ? 'post' : 'void', transfer: stored }];
}

/** The balances after replaying the transfers. */
function replay(transfers: readonly Transfer[]): Map<LedgerAccount, Balance> {
  const balances = new Map<LedgerAccount, Balance>();
  for (const transfer of transfers) {
    for (const { account, available, held } of movesOf(transfer).flatMap((move) => balanceChanges([move]))) {
      const before = balances.get(account) ?? NOTHING;
      // A transfer that was posted at once is replayed as a hold and its posting, because both lead to the same
      // balances.
      balances.set(account, {
        availablePiconero: asPiconero(before.availablePiconero + available),
        heldPiconero: asPiconero(before.heldPiconero + held),
      });
    }
  }
  return balances;
}

const same = (a: Balance, b: Balance) =>
  a.availablePiconero === b.availablePiconero && a.heldPiconero === b.heldPiconero;

const shown = ({ availablePiconero, heldPiconero }: Balance) =>
  `${formatXmr(availablePiconero)} available, ${formatXmr(heldPiconero)} held`;

function balanceFaults({ balances, transfers }: Books): string[] {
  const faults: string[] = [];
  const replayed = replay(transfers);
  const reversed = new Map<LedgerAccount, bigint>();
  for (const { kind, debit, amountPiconero } of transfers) {
    if (kind === 'deposit_reversal') reversed.set(debit, (reversed.get(debit) ?? 0n) + amountPiconero);
  }
  let sum = 0n;
  for (const account of new Set([...balances.keys(), ...replayed.keys()])) {
    const stored = balances.get(account) ?? NOTHING;
    const expected = replayed.get(account) ?? NOTHING;
    sum += stored.availablePiconero + stored.heldPiconero;
    if (!same(stored, expected))
      faults.push(`${account} has ${shown(stored)}; its transfers say ${shown(expected)}`);
    // An account may be below zero by its reversed deposits at most.
    const lowest = isHouse(account) ? undefined : -(reversed.get(account) ?? 0n);
    const negative = stored.heldPiconero < 0n || (lowest !== undefined && stored.availablePiconero < lowest);
    if (negative) faults.push(`${account} is below zero: ${shown(stored)}`);
  }
  if (sum !== 0n) faults.push(`all balances together are ${formatXmr(asPiconero(sum))}, not 0`);
  return faults;
}

/**
 * Checks that each trade, withdrawal and deposit has the transfers that its state requires, and that each transfer has
 * a cause.
 */
function causeFaults({ transfers, trades, withdrawals, deposits }: Books): string[] {
  const faults: string[] = [];
  const byId = new Map(transfers.map((transfer) => [transfer.id, transfer]));
  const expect = (
    what: string,
    id: Transfer['id'] | undefined,
    status: Transfer['status'],
    amount?: Piconero,
  ) => {
    const found = id && byId.get(id);
    if (!found) faults.push(`${what} has no transfer ${id}`);
    else if (found.status !== status)
      faults.push(`${what} should have a ${status} transfer, but it is ${found.status}`);
    else if (amount !== undefined && found.amountPiconero !== amount) {
      faults.push(
        `${what} is about ${formatXmr(amount)}, its transfer about ${formatXmr(found.amountPiconero)}`,
      );
    }
    if (id) byId.delete(id);
  };
  for (const trade of trades) {
    const { status, postedPiconero } = settledHoldOf(trade);
    const what = `trade ${trade.id} (${trade.state})`;
    const posted = byId.get(trade.holdId)?.postedPiconero;
    expect(what, trade.holdId, status, trade.amountPiconero);
    if (posted !== postedPiconero)
      faults.push(`${what} gives its buyer ${shownPart(postedPiconero)}, its transfer ${shownPart(posted)}`);
  }
  for (const it of withdrawals) {
    const { amount, fee } = transfersOf(it);
    expect(`withdrawal ${it.id} (${it.state})`, amount.id, amount.status, amount.amountPiconero);
    if (fee) expect(`the fee of withdrawal ${it.id}`, fee.id, fee.status, fee.amountPiconero);
  }
  const ofDeposit = Map.groupBy(
    transfers.filter(({ kind }) => kind === 'deposit' || kind === 'deposit_reversal'),
    ({ depositId }) => depositId,
  );
  for (const it of deposits) {
    const own = ofDeposit.get(it.id) ?? [];
    faults.push(...depositFaults(it, own));
    for (const { id } of own) byId.delete(id);
  }
  // A hold that was freed has no trade, and moves nothing.
  const isFreed = ({ kind, status }: Transfer) => kind === 'trade' && status === 'voided';
  const orphans = [...byId.values()].filter((one) => one.kind !== 'faucet' && !isFreed(one));
  return [...faults, ...orphans.map(({ id, kind }) => `transfer ${id} (${kind}) has no cause`)];
}

const shownPart = (piconero: Piconero | undefined) =>
  piconero === undefined ? 'all or nothing' : formatXmr(piconero);

/** Faults of a deposit's transfers. Credits minus reversals must be 1 while it is `credited`, else 0. */
function depositFaults(deposit: Deposit, transfers: readonly Transfer[]): string[] {
  const what = `deposit ${deposit.id} (${deposit.state})`;
  const credits = transfers.filter(({ kind }) => kind === 'deposit');
  const reversals = transfers.length - credits.length;
  const expected = reversals + (deposit.state === 'credited' ? 1 : 0);
  const faults = transfers
    .filter(({ status, amountPiconero }) => status !== 'posted' || amountPiconero !== deposit.amountPiconero)
    .map(({ id }) => `${what} and its transfer ${id} do not fit`);
  if (credits.length !== expected)
    faults.push(`${what} was credited ${credits.length} times and reversed ${reversals} times`);
  return faults;
}

/** Checks that the wallet holds at least the balances of all users, minus the payments in progress. */
function backingFaults({ balances, withdrawals, walletPiconero }: Books): string[] {
  if (walletPiconero === undefined) return [];
  const users = [...balances].filter(([account]) => !isHouse(account));
  const owed = users.reduce((sum, [, b]) => sum + b.availablePiconero + b.heldPiconero, 0n);
  // A prepared payment may have been relayed already, and then its coins have left the wallet.
  const leaving = withdrawals.filter(({ state }) => state === 'prepared' || state === 'broadcast');
  const inFlight = leaving.map(transfersOf).reduce((sum, { amount, fee }) => {
    return sum + amount.amountPiconero + (fee?.amountPiconero ?? 0n);
  }, 0n);
  const enough = walletPiconero + inFlight >= owed;
  return enough
    ? []
    : [`the wallet holds ${formatXmr(walletPiconero)}, users are owed ${formatXmr(asPiconero(owed))}`];
}

/** Checks that each counter of a limit equals the number of counted things. */
function counterFaults({ counters, trades, withdrawals, unusedAddresses = [] }: Books): string[] {
  if (!counters) return [];
  const taken = trades.filter(({ state, takerId }) => takerId && !hasEnded(state));
  const queued = withdrawals.filter((it) => it.state === 'queued' && it.countsAsQueued);
  const expected = new Map<string, number>();
  const count = (counts: Counter['counts'], account: AccountId) => {
    const name = `${counts} of ${account}`;
    expected.set(name, (expected.get(name) ?? 0) + 1);
  };
  for (const { takerId } of taken) count('open trades it took', takerId!);
  for (const { accountId } of queued) count('queued withdrawals', accountId);
  for (const account of unusedAddresses) count('unused addresses', account);
  const stored = new Map(counters.map(({ counts, account, value }) => [`${counts} of ${account}`, value]));
  return [...new Set([...stored.keys(), ...expected.keys()])].flatMap((name) => {
    const [found, wanted] = [stored.get(name) ?? 0, expected.get(name) ?? 0];
    return found === wanted ? [] : [`${name}: ${found} are counted, ${wanted} are there`];
  });
}

/** Checks that each transfer into the wallet has a deposit, and each credited deposit its transfer. */
function arrivalFaults({ deposits, arrivals }: Books): string[] {
  if (!arrivals) return [];
  const { height, transfers, givenOut } = arrivals;
  // The watcher must have stored everything below the blocks that it still reads.
  const isSettled = ({ minedHeight }: { minedHeight?: number | undefined }) =>
    minedHeight !== undefined && height - minedHeight >= WINDOW_BLOCKS;
  const known = new Map(deposits.map((deposit) => [deposit.id, deposit]));
  const arrived = new Map(transfers.map((transfer) => [depositId(transfer), transfer]));
  const missing = [...arrived]
    .filter(
      ([id, transfer]) => isSettled(transfer) && givenOut.has(transfer.address) && !isLiving(known.get(id)),
    )
    .map(
      ([, { txid, amountPiconero }]) =>
        `${formatXmr(amountPiconero)} XMR came in ${txid}, and no deposit has it`,
    );
  const lost = deposits
    .filter((deposit) => deposit.state === 'credited' && isSettled(deposit) && !arrived.has(deposit.id))
    .map(({ id, txid }) => `deposit ${id} is credited, and the wallet does not have its ${txid}`);
  return [...missing, ...lost];
}

const isLiving = (deposit: Deposit | undefined) => deposit?.state === 'seen' || deposit?.state === 'credited';

/** Every invariant of the ledger that the books break, as sentences; none when all hold. */
export function audit(books: Books): string[] {
  return [
    ...balanceFaults(books),
    ...causeFaults(books),
    ...backingFaults(books),
    ...counterFaults(books),
    ...arrivalFaults(books),
  ];
}
