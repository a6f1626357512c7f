import { blobOf, type FakeTransaction } from '#adapters/memory/chain.ts';
import { madeUpAddress } from '#adapters/memory/house-wallet.ts';
import { audit } from '#core/audit/audit.ts';
import type { AccountId, PaymentAccountId, TransferId } from '#core/ids.ts';
import { houseAccount, transfer, userAccount } from '#core/ledger/ledger.ts';
import { asMinorUnits } from '#core/money/fiat.ts';
import { asPiconero } from '#core/money/xmr.ts';
import { sealed } from '#core/payment-accounts/details.ts';
import { paymentAccountEvent } from '#core/payment-accounts/payment-accounts.ts';
import { isRefusal } from '#core/refusal.ts';
import { isUnavailable } from '#core/unavailable.ts';
import { type Act, nameOf, type Operation, type Request, type Schedule } from './acts.ts';
import { Auditor } from './auditor/auditor.ts';
import { expectThat, fail } from './auditor/invariants.ts';
import { MAX_SKEW_MS, TIMER_EVERY_MS } from './auditor/trades.ts';
import { codeAt, signedToken, TOTP_STEP_MS } from './fakes.ts';
import { house, SIGNING_KEY } from './house.ts';
import { PEOPLE, type Person } from './people.ts';
import { type Call, dependencyOf, type Fate, type Process } from './processes.ts';
import { type Random, seeded } from './random.ts';
import { simulatedWorld } from './world.ts';

const XMR = 1_000_000_000_000n;

/** Number of outside wallets. Each is paid by one withdrawal at most. */
const PAYEES = 64;
/** Seed of the address of the first one. */
const FIRST_PAYEE = 60_000;

/** Unused subaddresses, more than a wallet looks ahead (200), as crashes during the filling of the pool leave them. */
const WASTED_ADDRESSES = 220;

/** The platform ends a function after this time. */
const FUNCTION_TIMEOUT_MS = 900_000;

/** Failures of calls of ports, with their probabilities. */
const MISFORTUNES: readonly [Fate, number][] = [
  ['died before', 0.003],
  ['died after', 0.004],
  ['lost', 0.006],
  ['unreachable', 0.004],
];
/** Probability that a process sleeps before a call. */
const FALLS_ASLEEP = 0.004;
/** Factors of these probabilities for calls at which a failure matters most. */
const FAILS_MORE: readonly [RegExp, number][] = [
  [/^wallet\.relay$/, 12],
  [/\.(add|start|save|saveAsPrepared|resolve|send)$/, 4],
];

/** One line of the trace. */
export type Event = { step: number; at: number; label: string; fate?: Fate; detail?: string };

/** `robbed`: the person whose session the sender has stolen, without the second factor. */
type How = { robbed?: string; key?: string };

/**
 * One world with its people. The seed decides every happening, so a run can be repeated up to any step.
 */
export class Scene {
  readonly random: Random;
  readonly world = simulatedWorld();
  readonly auditor: Auditor;
  readonly people: readonly Person[] = [...PEOPLE.values()];
  /** The newest events, oldest first. */
  readonly trace: Event[] = [];
  /** Requests without an answer, which their senders may repeat. */
  readonly unanswered: Request[] = [];
  /** The step until which each of these parts is down. */
  readonly down = new Map<string, number>();
  isCalm = false;
  readonly #house: (act: Act) => Promise<unknown>;
  #step = 0;
  #payees = 0;
  #keys = 0;
  #failure: unknown;
  #timerAt = 0;
  readonly #traceLength: number;

  constructor(seed: number, traceLength: number) {
    this.random = seeded(seed);
    this.#traceLength = traceLength;
    this.auditor = new Auditor(this.world, PEOPLE);
    this.#house = house(this.world, () => {});
  }

  get step() {
    return this.#step;
  }

  get running() {
    return this.world.processes.calls.length;
  }

  /** People with XMR, second factors and payment accounts, a market price, and the watcher's first round. */
  async begin() {
    const { stores, books, time, ports } = this.world;
    stores.prices.set('EUR', asMinorUnits(15_000n), time.now());
    for (const { name, secret } of this.people) {
      const id = name as AccountId;
      stores.people.add(id, name);
      if (secret) {
        await stores.factors.start({ id, credentialsVersion: 1 }, `${name}\n${secret}`, true);
        stores.factors.change({
          kind: 'confirmed',
          factor: { accountId: id, sealedSecret: `${name}\n${secret}`, recoveryDigests: [], passkeys: [] },
          first: { confirmedAt: time.now(), step: 0, recoveryDigests: [] },
        });
      }
      const paymentAccount = { id: `pay-${name}` as PaymentAccountId, accountId: id };
      const next = {
        ...paymentAccount,
        method: 'sepa',
        sealedDetails: sealed(ports.detailsCipher, paymentAccount, { label: 'Bank', fields: { iban: name } }),
        createdAt: time.now(),
        updatedAt: time.now(),
        version: 1,
      };
      await stores.paymentAccounts.add(
        { next, event: paymentAccountEvent('payment_account_added', next) },
        undefined,
      );
      const amountPiconero = asPiconero(30n * XMR);
      this.auditor.balances.arrives(name, amountPiconero);
      books.apply([
        transfer({
          id: `gift-${name}` as TransferId,
          kind: 'faucet',
          debit: houseAccount('faucet'),
          credit: userAccount(id),
          amountPiconero,
          createdAt: time.now(),
        }),
      ]);
    }
    // Addresses above these are found by a restored wallet only if they are made again.
    await stores.wallet.newSubaddresses(WASTED_ADDRESSES);
    await this.#house({ kind: 'schedule', name: 'watchDeposits' });
  }

  /**
   * One step: carries out a call of a process, or starts a new happening.
   *
   * @param happen absent if only running processes continue
   * @throws Violation
   */
  async advance(happen?: () => Promise<void> | void) {
    this.#step += 1;
    this.auditor.step = this.#step;
    const { processes } = this.world;
    const isNew = happen && this.random.chance(this.running < 3 ? 0.4 : 0.06);
    const call = isNew ? undefined : processes.next(this.random, this.isCalm ? Infinity : this.#step);
    if (call) await this.#carryOut(call);
    else await happen?.();
    if (this.#failure) throw this.#failure;
  }

  async #carryOut(call: Call) {
    const { process, name } = call;
    if (!this.isCalm && this.random.chance(FALLS_ASLEEP)) {
      process.sleepsUntilStep = this.#step + this.random.between(20, 300);
      return;
    }
    const fate = this.#fateOf(name);
    this.note(nameOf(process.act), { fate, detail: name, process });
    await this.world.processes.carryOut(call, fate, (made, result) => this.auditor.written(made, result));
    if (fate.startsWith('died')) this.#died(process);
  }

  #fateOf(name: string): Fate {
    if (this.isCalm) return 'answered';
    if ((this.down.get(dependencyOf(name)) ?? 0) > this.#step) return 'unreachable';
    const times = FAILS_MORE.find(([calls]) => calls.test(name))?.[1] ?? 1;
    for (const [fate, probability] of MISFORTUNES) if (this.random.chance(times * probability)) return fate;
    return 'answered';
  }

  note(label: string, { fate, detail, process }: Partial<Event> & { process?: Process } = {}) {
    this.trace.push({
      step: this.#step,
      at: this.world.time.present,
      label: process ? `${label} (${process.number})` : label,
      ...(fate && { fate }),
      ...(detail && { detail }),
    });
    if (this.trace.length > 2 * this.#traceLength) this.trace.splice(0, this.#traceLength);
  }

  /** Starts a process, with a clock that is up to MAX_SKEW_MS wrong. */
  async start(act: Act) {
    const { processes, time } = this.world;
    this.note(nameOf(act), { detail: act.kind === 'request' ? shown(act.input) : 'begins' });
    const begun = {
      act,
      startedAt: time.present,
      startedAtStep: this.#step,
      skewMs: this.random.between(-MAX_SKEW_MS, MAX_SKEW_MS),
    };
    await processes.start(
      begun,
      () => this.#house(act),
      (process, outcome) => this.#ended(process, outcome),
    );
  }

  /** Whether the timer has not run for half of its interval. */
  isTimerDue() {
    const { present } = this.world.time;
    if (Math.abs(present - this.#timerAt) < TIMER_EVERY_MS / 2) return false;
    this.#timerAt = present;
    return true;
  }

  schedule = (name: Schedule) => this.start({ kind: 'schedule', name });

  #ended(process: Process, outcome: { result: unknown } | { error: unknown }) {
    const { act } = process;
    try {
      if ('error' in outcome) {
        this.auditor.failed(process, outcome.error, isExpected(outcome.error));
        if (act.kind === 'request') this.#mayRepeat(act);
      } else if (act.kind === 'request' && !isRefusal(outcome.result))
        this.auditor.answered(act, outcome.result);
    } catch (violation) {
      this.#failure ??= violation;
    }
  }

  /** A message that was not acknowledged is delivered again. */
  #died({ act }: Process) {
    if (act.kind === 'message') this.world.stores.queue.messages.push(act.withdrawalId as never);
    if (act.kind === 'request') this.#mayRepeat(act);
  }

  #mayRepeat(act: Request) {
    if (this.random.chance(0.7)) this.unanswered.push(act);
  }

  /** A request of a person, with the second factor if the sender knows it. */
  request(sender: string, operation: Operation, input: Request['input'], how: How = {}): Request {
    const { robbed, key = this.newKey() } = how;
    const secret = PEOPLE.get(sender)?.secret;
    const hasCode = secret !== undefined && !robbed;
    const code = hasCode ? { code: codeAt(secret, Math.floor(this.world.time.present / TOTP_STEP_MS)) } : {};
    return {
      kind: 'request',
      sender,
      token: signedToken(robbed ?? sender, SIGNING_KEY),
      ...(robbed && { theft: 'stolen session' }),
      operation,
      input: { ...input, ...code },
      key,
      hasCode,
    };
  }

  newKey() {
    this.#keys += 1;
    return `key-${this.#keys}`;
  }

  anybody = () => this.random.pick(this.people).name;

  /** The address of an outside wallet that was not paid before; `undefined` if all were paid. */
  newPayee(): string | undefined {
    if (this.#payees >= PAYEES) return undefined;
    this.#payees += 1;
    return madeUpAddress(FIRST_PAYEE + this.#payees);
  }

  /** A random amount in piconero. The bounds are thousandths of 1 XMR. */
  amount = (least: number, most: number) => (BigInt(this.random.between(least, most)) * XMR) / 1_000n;

  /** Lets time pass for all processes, and ends those that run too long. */
  pass(ms: number) {
    const { time, processes } = this.world;
    this.note('time passes', { detail: `${ms / 1_000} s` });
    time.pass(ms);
    const late = new Set(processes.calls.map(({ process }) => process));
    for (const process of late) {
      if (time.present - process.startedAt < FUNCTION_TIMEOUT_MS) continue;
      processes.kill(process);
      this.#died(process);
    }
  }

  /** Changes the chain. The auditor reads it before and after the change. */
  changeChain(label: string, change: (chain: Scene['world']['chain']) => void) {
    this.note(label);
    this.auditor.deposits.look();
    change(this.world.chain);
    this.auditor.deposits.look();
  }

  /** The faults that the core's own audit finds. */
  #secondOpinion() {
    const { books, stores } = this.world;
    return audit({
      balances: books.balances,
      transfers: [...books.transfers.values()],
      trades: stores.trades.all(),
      withdrawals: stores.withdrawals.all(),
      deposits: stores.deposits.all(),
    });
  }

  /** @throws Violation if anything is unfinished, although everything worked for long enough */
  expectRest() {
    const { trades, payouts, deposits } = this.auditor;
    for (const { id, state } of trades.open())
      expectThat(state !== 'unpaid', 'settles', () => `trade ${id} never expired`);
    for (const { id, state } of payouts.unsettled()) fail('settles', `withdrawal ${id} is still ${state}`);
    for (const { tx, owner } of deposits.unsettled())
      fail('settles', `deposit ${tx.txid} of ${owner} is not settled`);
    expectThat(this.world.books.events.length === 0, 'settles', () => 'events are not delivered');
    for (const fault of this.#secondOpinion()) fail('balances', fault);
  }

  /** Pays from an outside wallet to an address that was shown to somebody. */
  payIn(address: string, amount: bigint, unlockHeight?: number) {
    const txid = this.random.hex(64);
    const tx: FakeTransaction = {
      txid,
      keyImages: [`outside-${txid}`],
      address,
      amountPiconero: asPiconero(amount),
      ...(unlockHeight !== undefined && { unlockHeight }),
    };
    this.auditor.deposits.paid(tx);
    this.changeChain(`${this.auditor.ownerOf(address)} is paid from outside`, (chain) =>
      chain.submit(blobOf(tx)),
    );
  }
}

/**
 * Whether the next run may succeed: a part was unavailable, or a transaction left the chain between the node's answer
 * and the wallet's scan.
 */
function isExpected(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.every(isExpected);
  return isUnavailable(error) || /^the node does not know/.test((error as Error).message);
}

const shown = (input: Request['input']) =>
  Object.entries(input)
    .map(([name, value]) => `${name}=${typeof value === 'object' ? '…' : String(value)}`)
    .join(' ');
