import { userAccount } from '#core/ledger/ledger.ts';
import type { Ledger } from '#core/ledger/ports.ts';
import type { MemoryBooks } from './books.ts';

const position = (at: number, id: string) => `${at.toString().padStart(15, '0')}#${id}`;

export function memoryLedger(books: MemoryBooks): Ledger {
  const drawn = new Map<string, bigint>();
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
    async draw({ account, day, dailyLimit, move, remembered }) {
      if (await books.rows.find(remembered)) return 'idempotency_key_reused';
      const total = (drawn.get(`${account}#${day}`) ?? 0n) + move.transfer.amountPiconero;
      if (total > dailyLimit) return 'amount_out_of_range';
      const refused = books.apply([move], remembered);
      if (refused) throw new Error(`a draw was ${refused}`);
      drawn.set(`${account}#${day}`, total);
      return undefined;
    },
  };
}
