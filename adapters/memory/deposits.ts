import { type Deposit, followed } from '#core/deposits/deposits.ts';
import type { Deposits } from '#core/deposits/ports.ts';
import { asPiconero } from '#core/money/xmr.ts';
import type { MemoryAddresses } from './addresses.ts';
import type { MemoryBooks } from './books.ts';

const position = ({ seenAt, id }: Deposit) => `${seenAt.toString().padStart(15, '0')}#${id}`;

/** The other stores that a transaction of deposits writes. */
type Others = { books: MemoryBooks; addresses: Pick<MemoryAddresses, 'receivedAt'> };

export type MemoryDeposits = Deposits & { all(): Deposit[] };

export function memoryDeposits({ books, addresses }: Others): MemoryDeposits {
  const stored = new Map<Deposit['id'], Deposit>();
  const ofAccount = (accountId: string) =>
    [...stored.values()].filter((deposit) => deposit.accountId === accountId);
  const minedIn = (list: 'credited' | 'locked') =>
    [...stored.values()].flatMap((deposit) => {
      const entry = followed(deposit);
      return entry?.list === list ? [{ id: deposit.id, minedHeight: entry.minedHeight }] : [];
    });

  return {
    all: () => [...stored.values()],
    async ofAccount(accountId, { limit, after }) {
      const own = ofAccount(accountId)
        .filter((deposit) => after === undefined || position(deposit) < after.before!)
        .sort((a, b) => (position(a) < position(b) ? 1 : -1));
      const items = own.slice(0, limit);
      return own.length > limit ? { items, next: { before: position(items.at(-1)!) } } : { items };
    },
    async pending(accountId) {
      const seen = ofAccount(accountId).filter((deposit) => deposit.state === 'seen');
      return asPiconero(seen.reduce((sum, deposit) => sum + deposit.amountPiconero, 0n));
    },
    async add(deposit, events) {
      if (stored.has(deposit.id)) return 'exists';
      stored.set(deposit.id, deposit);
      books.apply([], events);
      addresses.receivedAt(deposit.address);
      return undefined;
    },
    async save({ to, moves, events }) {
      if (stored.get(to.id)?.version !== to.version - 1) return 'changed_since';
      const refused = books.apply(moves, events);
      if (refused) throw new Error(`the transfer of deposit ${to.id} does not fit its state: ${refused}`);
      stored.set(to.id, to);
      return undefined;
    },
    getMany: async (ids) => ({ items: ids.flatMap((id) => stored.get(id) ?? []), unreadable: [] }),
    open: async () => ({
      items: [...stored.values()].filter((deposit) => followed(deposit)?.list === 'open'),
      unreadable: [],
    }),
    creditedIn: async ({ from, to }) =>
      minedIn('credited').filter(({ minedHeight }) => minedHeight >= from && minedHeight < to),
    lockedSince: async (from) => minedIn('locked').filter(({ minedHeight }) => minedHeight >= from),
    async unlocking({ height, at }, limit) {
      const locked = [...stored.values()].flatMap((deposit) => {
        const entry = followed(deposit);
        return entry?.list === 'locked' ? [{ id: deposit.id, unlock: entry.unlock }] : [];
      });
      const byHeight = locked.flatMap(({ id, unlock }) =>
        'height' in unlock && unlock.height <= height ? [{ id, due: unlock.height }] : [],
      );
      const byTime = locked.flatMap(({ id, unlock }) =>
        'at' in unlock && unlock.at <= at ? [{ id, due: unlock.at }] : [],
      );
      const earliest = (some: { id: Deposit['id']; due: number }[]) =>
        some
          .sort((a, b) => a.due - b.due)
          .slice(0, limit)
          .map(({ id }) => id);
      return [...earliest(byHeight), ...earliest(byTime)];
    },
  };
}
