import type { SignedPayment, Withdrawal } from '#core/withdrawals/withdrawals.ts';
import type { Request } from '../acts.ts';
import type { Process } from '../processes.ts';
import { CONFIRMATIONS } from './deposits.ts';
import type { Facts } from './facts.ts';
import { expectThat, fail } from './invariants.ts';

export type KnownWithdrawal = {
  id: string;
  owner: string;
  address: string;
  /** Piconero that must arrive; `undefined` for the whole balance without the fee. */
  amount?: bigint | undefined;
  /** Held piconero: amount and fee. */
  total: bigint;
  feeShown: bigint;
  state: 'queued' | 'sent' | 'confirmed' | 'failed';
};

/** Upper bound of queued withdrawals of one account. */
const MAX_QUEUED = 5;
/** Upper bound of a fee in piconero, above that of 145 inputs at 20,000 piconero per byte. */
const MAX_FEE = 2_000_000_000n;

/** Withdrawals as the accepted requests and the paid wallets know them. */
export class AuditedPayouts {
  readonly #facts: Facts;
  readonly withdrawals = new Map<string, KnownWithdrawal>();
  readonly #byAddress = new Map<string, KnownWithdrawal>();
  /** The fee of each transaction that the wallet signed. */
  readonly #fees = new Map<string, bigint>();

  constructor(facts: Facts) {
    this.#facts = facts;
  }

  signed(payment: SignedPayment | string) {
    if (typeof payment !== 'string') this.#fees.set(payment.txid, payment.feePiconero);
  }

  requested(stored: Withdrawal, request: Request) {
    const { sender, input } = request;
    const { balances } = this.#facts;
    expectThat(stored.accountId === sender, 'own-account', () => `${sender} paid from ${stored.accountId}`);
    this.#facts.expectFactor(request);
    const address = String(input.address);
    expectThat(stored.address === address, 'paid-once', () => `${sender} asked for another address`);
    const { available } = balances.of(sender);
    const payee = this.#facts.ownerOf(address);
    expectThat(
      stored.internal === (payee !== undefined),
      'balances',
      () => `${address} was taken for another kind`,
    );
    const amount = input.amountXmr as bigint | undefined;
    if (payee) return balances.move(sender, payee, amount ?? available);
    const feeShown = stored.feePiconero;
    expectThat(
      feeShown > 0n && feeShown <= MAX_FEE,
      'fee-bounded',
      () => `${sender} was shown a fee of ${feeShown}`,
    );
    const total = amount === undefined ? available : amount + feeShown;
    balances.hold(sender, total);
    const withdrawal: KnownWithdrawal = {
      id: stored.id,
      owner: sender,
      address,
      amount,
      total,
      feeShown,
      state: 'queued',
    };
    this.withdrawals.set(stored.id, withdrawal);
    this.#byAddress.set(address, withdrawal);
    const queued = [...this.withdrawals.values()].filter(
      (one) => one.owner === sender && one.state === 'queued',
    );
    expectThat(
      queued.length <= MAX_QUEUED,
      'limits',
      () => `${sender} has ${queued.length} queued withdrawals`,
    );
  }

  prepared({ id }: Withdrawal) {
    expectThat(!this.#facts.halts.payouts, 'halted', () => `withdrawal ${id} was signed during a halt`);
    this.#known(id).state = 'sent';
  }

  #known = (id: string) => this.withdrawals.get(id) ?? fail('balances', `nobody asked for withdrawal ${id}`);

  written(next: Withdrawal, process: Process) {
    const withdrawal = this.#known(next.id);
    const { state, owner, total } = withdrawal;
    const isOver = state === 'confirmed' || state === 'failed';
    expectThat(!isOver, 'paid-once', () => `withdrawal ${next.id} was ${state}, and is ${next.state}`);
    if (next.state === 'queued') withdrawal.state = 'queued';
    else if (next.state === 'confirmed') this.#confirmed(withdrawal, process);
    else if (next.state === 'failed') {
      withdrawal.state = 'failed';
      this.#facts.balances.settle(owner, total, [[owner, total]]);
    } else withdrawal.state = 'sent';
    if (isOver || next.state === 'failed') this.checkChain();
  }

  #confirmed(withdrawal: KnownWithdrawal, { startedAtStep }: Process) {
    const { id, owner, address, total, feeShown, amount } = withdrawal;
    const { chain } = this.#facts.world;
    const [tx] = chain.arrivedAt(address);
    const isDeep = tx && 'height' in tx && chain.height() - Number(tx.height) >= CONFIRMATIONS;
    // The process may have seen the block before a reorganisation replaced it.
    const mayHaveBeenDeep = this.#facts.lastReorganisation >= startedAtStep;
    expectThat(
      isDeep || mayHaveBeenDeep,
      'paid-once',
      () => `withdrawal ${id} is confirmed, and its payee has nothing`,
    );
    const fee = (tx && this.#fees.get(tx.txid)) ?? 0n;
    withdrawal.state = 'confirmed';
    if (amount === undefined) return this.#facts.balances.settle(owner, total, []);
    expectThat(fee <= feeShown, 'fee-bounded', () => `withdrawal ${id} cost ${fee}, shown was ${feeShown}`);
    this.#facts.balances.settle(owner, total, [[owner, feeShown - fee]]);
  }

  /** Compares the payments that outside wallets received with the requests. @throws Violation */
  checkChain() {
    const { mined, pool } = this.#facts.world.chain;
    const paid = new Set<string>();
    for (const { address, amountPiconero, keyImages, txid } of [...mined.values(), ...pool.values()]) {
      if (!keyImages[0]?.startsWith('coin-')) continue;
      const withdrawal = this.#byAddress.get(address);
      if (!withdrawal) return fail('paid-once', `the wallet paid ${amountPiconero} to ${address}, unasked`);
      const { id, state, amount, total } = withdrawal;
      expectThat(!paid.has(address), 'paid-once', () => `withdrawal ${id} was paid twice`);
      paid.add(address);
      expectThat(state !== 'failed', 'paid-once', () => `withdrawal ${id} failed and was paid`);
      const fee = this.#fees.get(txid) ?? 0n;
      const expected = amount ?? total - fee;
      expectThat(
        amountPiconero === expected,
        'paid-once',
        () => `withdrawal ${id} paid ${amountPiconero}, not ${expected}`,
      );
      expectThat(fee <= withdrawal.feeShown, 'fee-bounded', () => `withdrawal ${id} pays a fee of ${fee}`);
    }
  }

  unsettled = () =>
    [...this.withdrawals.values()].filter(({ state }) => state === 'queued' || state === 'sent');
}
