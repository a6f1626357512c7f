import type { Deposit } from '#core/deposits/deposits.ts';
import { type DomainEvent, eventId } from '#core/events/events.ts';
import type { Transfer } from '#core/ledger/ledger.ts';
import type { Offer } from '#core/offers/offers.ts';
import type { Timer } from '#core/trades/outages.ts';
import type { Trade } from '#core/trades/trades.ts';
import type { SignedPayment, Withdrawal } from '#core/withdrawals/withdrawals.ts';
import type { Act, Request } from '../acts.ts';
import type { Person } from '../people.ts';
import type { Call, Process } from '../processes.ts';
import type { SimulatedWorld } from '../world.ts';
import { ExpectedBalances } from './accounts.ts';
import { AuditedDeposits } from './deposits.ts';
import type { Facts } from './facts.ts';
import { expectThat, fail } from './invariants.ts';
import { AuditedPayouts } from './payouts.ts';
import { AuditedTrades } from './trades.ts';

type Answer = {
  id?: string;
  depositAddress?: string;
  paymentDetails?: unknown;
  items?: { tradeId?: string }[];
};

/**
 * Judges every write. It sees the requests with their real senders, the chain, and the writes that succeeded. It
 * computes the expected balances from them, and imports no rule of the core.
 */
export class Auditor implements Facts {
  readonly world: SimulatedWorld;
  readonly balances: ExpectedBalances;
  readonly trades = new AuditedTrades(this);
  readonly payouts = new AuditedPayouts(this);
  readonly deposits = new AuditedDeposits(this);
  readonly halts = { takes: false, payouts: false };
  step = 0;
  lastReorganisation = -1;
  readonly #people: ReadonlyMap<string, Person>;
  readonly #events = new Set<string>();
  readonly #newEvents: DomainEvent[] = [];
  readonly #keys = new Set<string>();

  constructor(world: SimulatedWorld, people: ReadonlyMap<string, Person>) {
    this.world = world;
    this.#people = people;
    this.balances = new ExpectedBalances(world.books.balances);
    const { apply } = world.books;
    world.books.apply = (moves, events, row) => {
      const refused = apply(moves, events, row);
      if (!refused) this.#newEvents.push(...(events ?? []));
      return refused;
    };
  }

  ownerOf = (address: string) => this.deposits.ownerOf(address);
  isModerator = (person: string) => this.#people.get(person)?.role === 'moderator';

  expectFactor({ sender, hasCode, operation }: Request) {
    const needs = this.#people.get(sender)?.secret !== undefined;
    expectThat(!needs || hasCode, 'second-factor', () => `${sender} ${operation} without the second factor`);
  }

  #happened(event: DomainEvent) {
    const id = eventId(event);
    expectThat(!this.#events.has(id), 'event-once', () => `${id} has a second event, ${event.type}`);
    this.#events.add(id);
    if (!('tradeId' in event)) return;
    const trade = this.trades.trades.get(event.tradeId);
    const isTheirs = event.accountIds.every((one) => !trade || one === trade.buyer || one === trade.seller);
    expectThat(isTheirs, 'hidden-data', () => `strangers are told of trade ${event.tradeId}`);
  }

  /** Judges a call that had its effect. @throws Violation */
  written({ process, name, args }: Call, result: unknown) {
    const { act } = process;
    const judge = JUDGES[name];
    if (!judge) return;
    const changed = judge(this, { process, act, argument: args[0], result });
    for (const event of this.#newEvents.splice(0)) this.#happened(event);
    const id = changed && `${changed.id}#${changed.version}`;
    expectThat(!id || this.#events.has(id), 'event-once', () => `${id} has no event`);
    this.balances.check();
  }

  /** The request behind a write. @throws Violation if the write comes from another operation, a schedule or a thief */
  requestIn(act: Act, ...operations: Request['operation'][]): Request {
    if (act.kind === 'request' && operations.includes(act.operation)) {
      this.expectOwn(act);
      return act;
    }
    return fail(
      'legal-step',
      `${act.kind === 'request' ? act.operation : act.name} wrote something of its own`,
    );
  }

  /** @throws Violation if a forged token, or a stolen session without the second factor, had an effect */
  expectOwn({ sender, theft, operation }: Request) {
    if (!theft) return;
    const detail = `${sender} ${operation} by a ${theft}`;
    fail(theft === 'forged token' ? 'own-account' : 'second-factor', detail);
  }

  oneEffect({ sender, operation, key }: Request) {
    const used = `${sender} ${operation} ${key}`;
    expectThat(!this.#keys.has(used), 'one-effect-per-key', () => `the key of ${used} had two effects`);
    this.#keys.add(used);
  }

  /** Judges the answer of a request. @throws Violation if the sender may not read it */
  answered({ sender, operation, input }: Request, result: unknown) {
    const answer = (result ?? {}) as Answer;
    const { depositAddress, items = [] } = answer;
    if (depositAddress) this.deposits.shown(depositAddress, sender);
    if (operation === 'getWithdrawal') {
      const { owner } = this.payouts.withdrawals.get(String(input.withdrawalId)) ?? {};
      expectThat(owner === sender, 'hidden-data', () => `${sender} read a withdrawal of ${owner}`);
    }
    if (operation === 'getTrade') this.#expectReader(sender, answer.id);
    for (const { tradeId } of items) if (tradeId) this.#expectReader(sender, tradeId);
  }

  #expectReader(person: string, tradeId: string | undefined) {
    const { buyer, seller, disputedBy } = this.trades.trades.get(String(tradeId)) ?? {};
    const mayRead = person === buyer || person === seller || (disputedBy && this.isModerator(person));
    expectThat(Boolean(mayRead), 'hidden-data', () => `${person} read trade ${tradeId}`);
  }

  /** Judges the error of a process. @param isExpected whether a part was unavailable @throws Violation */
  failed(process: Process, error: unknown, isExpected: boolean) {
    const name = process.act.kind === 'request' ? process.act.operation : process.act.name;
    expectThat(isExpected, 'no-errors', () => `${name}: ${(error as Error).message}`);
  }
}

type Written = { process: Process; act: Act; argument: unknown; result: unknown };

/** The version that a call wrote and that must have an event. */
type Changed = { id: string; version: number } | undefined;

/** The check of each call that writes, by its name. */
const JUDGES: Record<string, (auditor: Auditor, written: Written) => Changed> = {
  'offers.add': (auditor, { act, argument, result }) => {
    if (!result) auditor.trades.offerWritten(argument as Offer, auditor.requestIn(act, 'createOffer'));
    return undefined;
  },
  'offers.save': (auditor, { act, argument, result }) => {
    if (result) return undefined;
    auditor.trades.offerWritten(argument as Offer, auditor.requestIn(act, 'updateOffer', 'closeOffer'));
    return undefined;
  },
  'trades.start': (auditor, { act, argument, result }) => {
    if (result) return undefined;
    const { trade } = argument as { trade: Trade };
    const request = auditor.requestIn(act, 'startTrade');
    auditor.oneEffect(request);
    auditor.trades.started(trade, request);
    return trade;
  },
  'trades.save': tradeSaved,
  'disputes.resolve': tradeSaved,
  'trades.settleHold': (_, { argument, result }) => {
    const { transfer } = argument as { transfer: Transfer };
    return result ? undefined : fail('held', `the hold of trade ${transfer.tradeId} was freed apart from it`);
  },
  'trades.setTimer': (auditor, { argument, result }) => {
    if (!result && argument) auditor.trades.timerWritten(argument as Timer);
    return undefined;
  },
  'withdrawals.add': (auditor, { act, argument, result }) => {
    if (result) return undefined;
    const { withdrawal } = argument as { withdrawal: Withdrawal };
    const request = auditor.requestIn(act, 'requestWithdrawal');
    auditor.oneEffect(request);
    auditor.payouts.requested(withdrawal, request);
    return withdrawal;
  },
  'withdrawals.save': (auditor, { process, argument, result }) => {
    if (result) return undefined;
    const { from, to } = argument as { from: Withdrawal; to: Withdrawal };
    auditor.payouts.written(to, process);
    return from.state === to.state ? undefined : to;
  },
  'withdrawals.saveAsPrepared': (auditor, { argument, result }) => {
    if (!result) auditor.payouts.prepared((argument as { to: Withdrawal }).to);
    return undefined;
  },
  'wallet.prepare': (auditor, { result }) => {
    auditor.payouts.signed(result as SignedPayment | string);
    return undefined;
  },
  'wallet.relay': (auditor) => {
    auditor.payouts.checkChain();
    return undefined;
  },
  'node.send': (auditor) => {
    auditor.payouts.checkChain();
    return undefined;
  },
  'deposits.add': (auditor, { argument, result }) => {
    if (result) return undefined;
    auditor.deposits.added(argument as Deposit);
    return argument as Deposit;
  },
  'deposits.save': (auditor, { process, argument, result }) => {
    if (result) return undefined;
    const { from, to } = argument as { from: Deposit; to: Deposit };
    auditor.deposits.written(to, process);
    return from.state === to.state ? undefined : to;
  },
  'addresses.assign': (auditor, { act, result }) => {
    if (typeof result !== 'object') return undefined;
    const { sender } = auditor.requestIn(act, 'newDepositAddress');
    auditor.deposits.assigned((result as { address: string }).address, sender);
    return undefined;
  },
};

function tradeSaved(auditor: Auditor, { process, argument, result }: Written): Changed {
  if (result) return undefined;
  const { next } = argument as { next: Trade };
  if (process.act.kind === 'request') auditor.expectOwn(process.act);
  auditor.trades.written(next, process);
  return next;
}
