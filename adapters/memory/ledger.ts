import { isHouse, userAccount } from '#core/ledger/ledger.ts';
import type { Ledger } from '#core/ledger/ports.ts';
import { asPiconero } from '#core/money/xmr.ts';
import type { MemoryBooks } from './books.ts';

const position = (at: number, id: string) => `${at.toString().padStart(15, '0')}#${id}`;

export function memoryLedger(books: MemoryBooks): Ledger {
  return {
    balance: async (account) => books.balance(userAccount(account)),
    async statement(account, before, limit) {
      const own = userAccount(account);
      const lines = [...books.transfers.values()].flatMap((transfer) => {
        if (transfer.debit === own)
          return [{ transfer, position: position(transfer.createdAt, transfer.id) }];
        const paid = transfer.credit === own && transfer.status === 'posted';
        return paid ? [{ transfer, position: position(transfer.settledAt!, transfer.id) }] : [];
      });
      const older = lines.filter((line) => before === undefined || line.position < before);
      const newest = older.sort((a, b) => (a.position < b.position ? 1 : -1));
      return { items: newest.slice(0, limit), more: newest.length > limit };
    },
    async owed() {
      const users = [...books.balances].filter(([account]) => !isHouse(account));
      return asPiconero(users.reduce((sum, [, b]) => sum + b.availablePiconero + b.heldPiconero, 0n));
    },
  };
}
