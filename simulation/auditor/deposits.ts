import type { FakeTransaction } from '#adapters/memory/chain.ts';
import type { Deposit } from '#core/deposits/deposits.ts';
import type { Process } from '../processes.ts';
import type { Facts } from './facts.ts';
import { expectThat, fail } from './invariants.ts';

/** Confirmations after which a deposit is credited. */
export const CONFIRMATIONS = 10;
/** Addresses without a deposit that one account may have. */
const MAX_UNUSED = 20;

type KnownDeposit = {
  tx: FakeTransaction;
  owner: string;
  isCredited: boolean;
  /** The last step at which it could be credited; -1 for never. */
  lastDeep: number;
  /** The last step at which it was in no block. */
  lastGone: number;
  /** The last step at which the node did not know it. */
  lastUnknown: number;
};

/** Deposits as the paying wallets know them, and addresses from the answers that people got. */
export class AuditedDeposits {
  readonly #facts: Facts;
  readonly #owners = new Map<string, string>();
  readonly #deposits = new Map<string, KnownDeposit>();
  readonly #unused = new Map<string, Set<string>>();

  constructor(facts: Facts) {
    this.#facts = facts;
  }

  /** The person who was given an address. */
  ownerOf = (address: string) => this.#owners.get(address);
  /** The addresses that people know. */
  given = () => [...this.#owners.keys()];

  shown(address: string, person: string) {
    const owner = this.#owners.get(address) ?? person;
    expectThat(owner === person, 'own-account', () => `${person} was given an address of ${owner}`);
    this.#owners.set(address, person);
  }

  assigned(address: string, person: string) {
    const unused = this.#unused.get(person) ?? new Set();
    this.#unused.set(person, unused.add(address));
    expectThat(unused.size <= MAX_UNUSED, 'limits', () => `${person} has ${unused.size} unused addresses`);
  }

  /** Records a payment from outside to an address that was shown. */
  paid(tx: FakeTransaction) {
    const owner = this.#owners.get(tx.address)!;
    this.#deposits.set(tx.txid, {
      tx,
      owner,
      isCredited: false,
      lastDeep: -1,
      lastGone: this.#facts.step,
      lastUnknown: this.#facts.step,
    });
  }

  /** Records where each transaction is. Called before and after each change of the chain. */
  look() {
    const { chain } = this.#facts.world;
    for (const deposit of this.#deposits.values()) {
      const mined = chain.mined.get(deposit.tx.txid);
      if (!mined && !chain.pool.has(deposit.tx.txid)) deposit.lastUnknown = this.#facts.step;
      if (!mined) deposit.lastGone = this.#facts.step;
      else if (this.#isDeep(mined, chain.height())) deposit.lastDeep = this.#facts.step;
    }
  }

  #isDeep = ({ height, unlockHeight = 0 }: FakeTransaction & { height: number }, blocks: number) =>
    blocks - height >= CONFIRMATIONS && unlockHeight <= blocks;

  added({ txid, address, accountId, amountPiconero }: Deposit) {
    const known = this.#known(txid);
    const isRight = known.owner === accountId && known.tx.amountPiconero === amountPiconero;
    expectThat(isRight, 'credited-once', () => `deposit ${txid} is not what was paid`);
    this.#unused.get(known.owner)?.delete(address);
  }

  #known = (txid: string) => this.#deposits.get(txid) ?? fail('credited-once', `nobody paid ${txid}`);

  written({ txid, state }: Deposit, { startedAtStep }: Process) {
    const deposit = this.#known(txid);
    const { tx, owner, isCredited } = deposit;
    const isNow = state === 'credited';
    const wasUnknown = deposit.lastUnknown >= startedAtStep || !this.#isKnown(txid);
    expectThat(state !== 'dropped' || wasUnknown, 'credited-once', () => `deposit ${txid} was given up`);
    if (isNow === isCredited) return;
    deposit.isCredited = isNow;
    const { balances, world } = this.#facts;
    const mined = world.chain.mined.get(txid);
    if (isNow) {
      const isDeep =
        (mined && this.#isDeep(mined, world.chain.height())) || deposit.lastDeep >= startedAtStep;
      expectThat(isDeep, 'credited-once', () => `deposit ${txid} of ${owner} was credited too early`);
      return balances.arrives(owner, tx.amountPiconero);
    }
    const isGone = !mined || deposit.lastGone >= startedAtStep;
    expectThat(
      isGone,
      'credited-once',
      () => `deposit ${txid} of ${owner} is in a block, and was taken back`,
    );
    balances.isTakenBack(owner, tx.amountPiconero);
  }

  #isKnown = (txid: string) =>
    this.#facts.world.chain.mined.has(txid) || this.#facts.world.chain.pool.has(txid);

  /** Deposits that are not as the chain has them, once nothing changes any more. */
  unsettled() {
    const { chain } = this.#facts.world;
    return [...this.#deposits.values()].filter(({ tx, isCredited }) => {
      const mined = chain.mined.get(tx.txid);
      return isCredited !== (mined !== undefined && this.#isDeep(mined, chain.height()));
    });
  }
}
