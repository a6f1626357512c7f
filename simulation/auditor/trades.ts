import type { Timer } from '#core/trades/outages.ts';
import type { Trade } from '#core/trades/trades.ts';
import { type Request, TRADE_STEPS, type TradeStep } from '../acts.ts';
import type { Process } from '../processes.ts';
import type { Facts } from './facts.ts';
import { expectThat, fail } from './invariants.ts';

/** An offer as its owner asked for it. */
export type KnownOffer = {
  id: string;
  owner: string;
  side: 'buy' | 'sell';
  /** Cents for 1 XMR. */
  price: bigint;
  minCents: bigint;
  maxCents: bigint;
  windowMs: number;
  isOpen: boolean;
  version: number;
};

export type KnownTrade = {
  id: string;
  buyer: string;
  seller: string;
  taker: string;
  amount: bigint;
  state: 'unpaid' | 'paid' | 'disputed' | 'ended';
  askedBy?: string | undefined;
  disputedBy?: string;
  startedAt: number;
  expiresAt: number;
};

const PICONERO = 1_000_000_000_000n;
/** Upper bound of the difference of a process's clock from the world's. */
export const MAX_SKEW_MS = 2_000;
/** Open trades that a taker may have, before and after the first completed one. */
const MAX_TAKEN = [3, 10] as const;
/** Interval of the expiry timer. After a longer gap, payment windows may have been extended. */
export const TIMER_EVERY_MS = 600_000;

const cents = (euros: unknown) => BigInt(String(euros).replace('.', ''));

const isStep = (operation: string): operation is TradeStep =>
  (TRADE_STEPS as readonly string[]).includes(operation);

/** Offers and trades as the accepted requests define them. */
export class AuditedTrades {
  readonly #facts: Facts;
  readonly offers = new Map<string, KnownOffer>();
  readonly trades = new Map<string, KnownTrade>();
  readonly #completed = new Set<string>();
  /** When the timer began its runs. */
  readonly #timerRuns: number[] = [];
  /** Whether the timer is still extending windows after an outage. */
  #isOutageOpen = false;

  constructor(facts: Facts) {
    this.#facts = facts;
  }

  offerWritten({ id, version }: { id: string; version: number }, request: Request) {
    const { sender, input, operation } = request;
    if (operation === 'createOffer') {
      const { fiatPerXmr } = input.price as { fiatPerXmr: string };
      this.offers.set(id, {
        id,
        owner: sender,
        side: input.side as KnownOffer['side'],
        price: cents(fiatPerXmr),
        minCents: cents(input.minFiat),
        maxCents: cents(input.maxFiat),
        windowMs: Number(input.paymentWindowMinutes) * 60_000,
        isOpen: true,
        version,
      });
      return;
    }
    const offer = this.offers.get(id) ?? fail('own-account', `${sender} changed an unknown offer ${id}`);
    expectThat(offer.owner === sender, 'own-account', () => `${sender} changed the offer of ${offer.owner}`);
    offer.version = version;
    offer.isOpen = operation === 'updateOffer' && input.state === 'open';
  }

  started(trade: Trade, request: Request) {
    const { sender, input } = request;
    const offer = this.offers.get(String(input.offerId)) ?? fail('legal-step', `${sender} took no offer`);
    expectThat(offer.isOpen, 'legal-step', () => `${sender} took a closed offer`);
    expectThat(offer.owner !== sender, 'legal-step', () => `${sender} took an own offer`);
    expectThat(!this.#facts.halts.takes, 'halted', () => `${sender} took an offer during a halt`);
    const amount =
      (input.amountXmr as bigint | undefined) ?? (cents(input.amountFiat) * PICONERO) / offer.price;
    const [buyer, seller] = offer.side === 'sell' ? [sender, offer.owner] : [offer.owner, sender];
    expectThat(
      trade.buyerId === buyer && trade.sellerId === seller && trade.amountPiconero === amount,
      'legal-step',
      () => `the trade is not what ${sender} asked for: ${trade.buyerId}, ${trade.sellerId}`,
    );
    this.#facts.balances.hold(seller, amount);
    this.trades.set(trade.id, {
      id: trade.id,
      buyer,
      seller,
      taker: sender,
      amount,
      state: 'unpaid',
      startedAt: trade.createdAt,
      expiresAt: trade.createdAt + offer.windowMs,
    });
    const open = this.open().filter(({ taker }) => taker === sender).length;
    const most = MAX_TAKEN[this.#completed.has(sender) ? 1 : 0];
    expectThat(open <= most, 'limits', () => `${sender} has taken ${open} open trades`);
  }

  open = () => [...this.trades.values()].filter(({ state }) => state !== 'ended');

  timerWritten({ at, outage }: Timer) {
    this.#timerRuns.push(at);
    this.#isOutageOpen = outage?.isSettled === false;
  }

  /** Judges a trade that a request or the timer wrote. @throws Violation */
  written(next: Trade, process: Process) {
    const trade =
      this.trades.get(next.id) ?? fail('legal-step', `trade ${next.id} was written before it began`);
    const { act } = process;
    const isSame =
      next.buyerId === trade.buyer && next.sellerId === trade.seller && next.amountPiconero === trade.amount;
    expectThat(isSame, 'legal-step', () => `the parties or the amount of trade ${trade.id} changed`);
    expectThat(
      trade.state !== 'ended',
      'one-outcome',
      () => `trade ${trade.id} ended before, and is ${next.state}`,
    );
    if (act.kind !== 'request') return this.#timed(trade, next);
    expectThat(act.input.tradeId === trade.id, 'legal-step', () => `a step went to another trade`);
    if (act.operation === 'resolveDispute') return this.#resolved(trade, next, act);
    if (!isStep(act.operation)) return fail('legal-step', `${act.operation} wrote a trade`);
    this.#taken(trade, act.operation, act, process);
    expectThat(
      STATES[trade.state].includes(next.state),
      'legal-step',
      () => `trade ${trade.id} is ${next.state} after ${act.sender} ${act.operation}`,
    );
  }

  #timed(trade: KnownTrade, next: Trade) {
    const { time } = this.#facts.world;
    if (next.state === 'awaiting_payment') {
      expectThat(next.paymentExpiresAt >= trade.expiresAt, 'payment-window', () => `${trade.id} lost time`);
      trade.expiresAt = next.paymentExpiresAt;
      return;
    }
    expectThat(next.state === 'expired', 'legal-step', () => `the timer made ${trade.id} ${next.state}`);
    expectThat(
      trade.state === 'unpaid',
      'legal-step',
      () => `the timer ended ${trade.id}, which is ${trade.state}`,
    );
    const isOver = time.latest + MAX_SKEW_MS >= trade.expiresAt;
    expectThat(isOver, 'payment-window', () => `${trade.id} expired before its time`);
    this.#end(trade, 0n);
  }

  #resolved(trade: KnownTrade, next: Trade, request: Request) {
    const { sender, input } = request;
    const isParty = sender === trade.buyer || sender === trade.seller;
    expectThat(
      this.#facts.isModerator(sender) && !isParty,
      'legal-step',
      () => `${sender} judged ${trade.id}`,
    );
    expectThat(
      trade.state === 'disputed',
      'legal-step',
      () => `${sender} judged a trade that is ${trade.state}`,
    );
    this.#facts.expectFactor(request);
    const part = input.buyerXmr as bigint;
    expectThat(
      part >= 0n && part <= trade.amount,
      'legal-step',
      () => `${sender} gave ${part} of ${trade.amount}`,
    );
    expectThat(next.state === 'resolved', 'legal-step', () => `a decision made ${trade.id} ${next.state}`);
    this.#end(trade, part);
  }

  #taken(trade: KnownTrade, step: TradeStep, { sender }: Request, process: Process) {
    const role = sender === trade.buyer ? 'buyer' : sender === trade.seller ? 'seller' : undefined;
    const { state, askedBy } = trade;
    const other = role === 'buyer' ? 'seller' : 'buyer';
    const isUnderWay = state === 'paid' || state === 'disputed';
    const legal: Record<TradeStep, boolean> = {
      confirmPaymentSent: role === 'buyer' && state === 'unpaid',
      confirmPaymentReceived: role === 'seller' && isUnderWay,
      cancelTrade: role === 'buyer',
      requestCancellation: isUnderWay && !askedBy,
      acceptCancellation: isUnderWay && askedBy === other,
      retractCancellation: isUnderWay && askedBy === role,
      openDispute: state === 'paid',
    };
    const detail = () => `${sender} (${role ?? 'stranger'}) ${step}, while ${trade.id} is ${state}`;
    expectThat(role !== undefined && legal[step], 'legal-step', detail);
    if (state === 'unpaid') this.#expectInTime(trade, process, detail);
    const givesUp =
      step === 'confirmPaymentReceived' || (role === 'buyer' && state !== 'unpaid' && ENDS.includes(step));
    if (givesUp) this.#facts.expectFactor(process.act as Request);
    trade.askedBy = step === 'requestCancellation' ? role : undefined;
    if (step === 'confirmPaymentSent') trade.state = 'paid';
    if (step === 'openDispute') {
      trade.state = 'disputed';
      trade.disputedBy = sender;
    }
    if (step === 'confirmPaymentReceived') {
      this.#completed.add(trade.buyer).add(trade.seller);
      this.#end(trade, trade.amount);
    }
    if (step === 'cancelTrade' || step === 'acceptCancellation') this.#end(trade, 0n);
  }

  /** @throws Violation if an unpaid trade is past its window, unless the timer did not run for a while */
  #expectInTime(trade: KnownTrade, { startedAt }: Process, detail: () => string) {
    // The clocks may have been set back since the process began.
    const earliest = Math.min(startedAt, this.#facts.world.time.present);
    if (earliest <= trade.expiresAt + 2 * MAX_SKEW_MS) return;
    const before = this.#timerRuns.findLastIndex((at) => at <= trade.startedAt);
    const runs = [...this.#timerRuns.slice(Math.max(0, before)), this.#facts.world.time.latest];
    const wasAway =
      this.#isOutageOpen || runs.some((at, index) => index > 0 && at - runs[index - 1]! > TIMER_EVERY_MS);
    expectThat(wasAway, 'payment-window', detail);
  }

  /** @param part piconero that the buyer gets */
  #end(trade: KnownTrade, part: bigint) {
    trade.state = 'ended';
    const { buyer, seller, amount } = trade;
    this.#facts.balances.settle(seller, amount, [
      [buyer, part],
      [seller, amount - part],
    ]);
  }
}

/** Steps by which a buyer gives up the XMR. */
const ENDS: readonly string[] = ['cancelTrade', 'acceptCancellation'];

/** The stored states of a trade. */
const STATES: Record<KnownTrade['state'], readonly string[]> = {
  unpaid: ['awaiting_payment'],
  paid: ['payment_sent'],
  disputed: ['disputed'],
  ended: ['completed', 'cancelled'],
};
