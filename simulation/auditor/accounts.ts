import type { MemoryBooks } from '#adapters/memory/books.ts';
import { expectThat } from './invariants.ts';

type Account = { available: bigint; held: bigint };

/**
 * The expected balances in piconero, computed from requests and from the chain. It reads the stored balances only to
 * compare them.
 */
export class ExpectedBalances {
  readonly #stored: MemoryBooks['balances'];
  readonly #accounts = new Map<string, Account>();
  /** Reversed deposits by person. */
  readonly #reversed = new Map<string, bigint>();

  constructor(stored: MemoryBooks['balances']) {
    this.#stored = stored;
  }

  of(person: string): Account {
    let account = this.#accounts.get(person);
    if (!account) {
      account = { available: 0n, held: 0n };
      this.#accounts.set(person, account);
    }
    return account;
  }

  /** Adds XMR from outside. A negative amount leaves. */
  arrives(person: string, amount: bigint) {
    this.of(person).available += amount;
  }

  isTakenBack(person: string, amount: bigint) {
    this.arrives(person, -amount);
    this.#reversed.set(person, (this.#reversed.get(person) ?? 0n) + amount);
  }

  hold(person: string, amount: bigint) {
    this.of(person).available -= amount;
    this.of(person).held += amount;
  }

  /** Ends a hold. Each payee gets a part of it, and the rest leaves the house. */
  settle(person: string, amount: bigint, parts: readonly [string, bigint][]) {
    this.of(person).held -= amount;
    for (const [payee, part] of parts) this.of(payee).available += part;
  }

  move(from: string, to: string, amount: bigint) {
    this.of(from).available -= amount;
    this.of(to).available += amount;
  }

  /** Compares the stored balances. @throws Violation */
  check() {
    let sum = 0n;
    for (const { availablePiconero, heldPiconero } of this.#stored.values())
      sum += availablePiconero + heldPiconero;
    expectThat(sum === 0n, 'sum-zero', () => `all balances together are ${sum}`);
    for (const [name, { availablePiconero, heldPiconero }] of this.#stored) {
      if (!name.startsWith('user:')) continue;
      const person = name.slice('user:'.length);
      const { available, held } = this.of(person);
      const lowest = -(this.#reversed.get(person) ?? 0n);
      expectThat(availablePiconero >= lowest, 'not-negative', () => `${person} has ${availablePiconero}`);
      expectThat(heldPiconero === held, 'held', () => `${person} holds ${heldPiconero}, expected ${held}`);
      expectThat(
        availablePiconero === available,
        'balances',
        () => `${person} has ${availablePiconero} available, expected ${available}`,
      );
    }
  }
}
