import { asPiconero } from '#core/money/xmr.ts';
import type { Faucet, FaucetStock } from '#core/sandbox/ports.ts';
import type { MemoryBooks } from './books.ts';

export function memoryFaucet(books: MemoryBooks): Faucet {
  const drawn = new Map<string, bigint>();
  let stock: FaucetStock = { leftPiconero: asPiconero(0n), height: 0 };
  return {
    stock: async () => stock,
    async restock({ from, change, height }) {
      if (stock.height !== from.height) return 'changed_since';
      stock = { leftPiconero: asPiconero(stock.leftPiconero + change), height };
      return undefined;
    },
    async draw({ account, day, dailyLimit, move, event, seen, remembered }) {
      if (await books.rows.find(remembered)) return 'idempotency_key_reused';
      const { amountPiconero, credit } = move.transfer;
      const total = (drawn.get(`${account}#${day}`) ?? 0n) + amountPiconero;
      if (total > dailyLimit) return 'amount_out_of_range';
      if (stock.leftPiconero < amountPiconero) return 'empty';
      const { availablePiconero, heldPiconero } = books.balance(credit);
      if (availablePiconero !== seen.availablePiconero || heldPiconero !== seen.heldPiconero)
        return 'changed_since';
      const refused = books.apply([move], [event], remembered);
      if (refused) throw new Error(`a draw was ${refused}`);
      drawn.set(`${account}#${day}`, total);
      stock = { ...stock, leftPiconero: asPiconero(stock.leftPiconero - amountPiconero) };
      return undefined;
    },
  };
}
