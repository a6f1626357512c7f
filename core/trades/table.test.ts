import fc from 'fast-check';
import * as disputes from '#contract/disputes.ts';
import * as contract from '#contract/trades.ts';
import { tradeWith } from '#tests/helpers/entities.ts';
import type { AccountId } from '../ids.ts';
import { balanceChanges } from '../ledger/balances.ts';
import type { Move } from '../ledger/ledger.ts';
import { asPiconero } from '../money/xmr.ts';
import { isRefusal } from '../refusal.ts';
import { asInstant } from '../time.ts';
import type { Moment } from './outages.ts';
import { advance, expire, type Person, settledHoldOf, type Taken } from './rules.ts';
import { hasEnded, type Party, PERSON_STEPS, type PersonStep, type TradeState } from './states.ts';
import type { Passage, Trade } from './trades.ts';

/**
 * The rules of a trade, written down a second time and independently of the table in states.ts: everything that is not
 * named here must be refused. In 2026 trades at Bisq (1 May) and Haveno (20 May) were robbed by messages that the
 * software accepted out of order, or from somebody who only said that he was the arbitrator.
 */
const WINDOW_ENDS = asInstant(2_000);
const IN_TIME = { now: asInstant(1_500) };
const TOO_LATE = { now: WINDOW_ENDS };

const [buyer, seller, arbitrator, other] = ['buyer', 'seller', 'arbitrator', 'other'] as AccountId[];

/** Everybody who may send a message. A suspended moderator has the rights of a member, and so is a stranger. */
const PEOPLE = {
  buyer: { accountId: buyer!, isModerator: false },
  seller: { accountId: seller!, isModerator: false },
  arbitrator: { accountId: arbitrator!, isModerator: true },
  stranger: { accountId: other!, isModerator: false },
  'suspended moderator': { accountId: arbitrator!, isModerator: false },
  'moderator who buys': { accountId: buyer!, isModerator: true },
  'moderator who sells': { accountId: seller!, isModerator: true },
} satisfies Record<string, Person>;
type Who = keyof typeof PEOPLE;

/** The role in whose place each of them stands. */
const AS: Record<Who, 'buyer' | 'seller' | 'arbitrator' | 'nobody'> = {
  buyer: 'buyer',
  seller: 'seller',
  arbitrator: 'arbitrator',
  stranger: 'nobody',
  'suspended moderator': 'nobody',
  'moderator who buys': 'buyer',
  'moderator who sells': 'seller',
};

const usual: Trade = tradeWith({
  buyerId: buyer!,
  sellerId: seller!,
  amountPiconero: asPiconero(10n),
  paymentExpiresAt: WINDOW_ENDS,
});

const passed = (state: TradeState, by: Passage['by']): Passage => ({ state, by, at: usual.createdAt });
const began = passed('awaiting_payment', 'buyer');
const sent = passed('payment_sent', 'buyer');
const argued = passed('disputed', 'seller');
const dispute = { openedBy: 'seller', reason: 'no money', openedAt: usual.createdAt } as const;

const inState = (history: Passage[], more: Partial<Trade> = {}): Trade => ({
  ...usual,
  state: history.at(-1)!.state,
  history,
  ...more,
});
const asked = (by: Party) => ({ cancellationAskedBy: by });

type Steps = { readonly [step in PersonStep]?: TradeState };
type Situation = {
  trade: Trade;
  moment?: Moment;
  /** The legal steps of each role, with the state to which they lead. */
  legal: { buyer?: Steps; seller?: Steps; arbitrator?: Steps };
  /** The steps that each role has taken already, and that are answered without an effect. */
  done: { buyer?: PersonStep[]; seller?: PersonStep[]; arbitrator?: PersonStep[] };
};

const PAID_BUYER = { cancelTrade: 'cancelled' } as const;
const PAID_SELLER = { confirmPaymentReceived: 'completed' } as const;
const NO_REQUEST = ['retractCancellation'] as PersonStep[];

const SITUATIONS: Record<string, Situation> = {
  'awaiting payment': {
    trade: inState([began]),
    legal: { buyer: { confirmPaymentSent: 'payment_sent', cancelTrade: 'cancelled' } },
    done: {},
  },
  'awaiting payment, too late': { trade: inState([began]), moment: TOO_LATE, legal: {}, done: {} },
  'payment sent': {
    trade: inState([began, sent]),
    legal: {
      buyer: { ...PAID_BUYER, requestCancellation: 'payment_sent', openDispute: 'disputed' },
      seller: { ...PAID_SELLER, requestCancellation: 'payment_sent', openDispute: 'disputed' },
    },
    done: { buyer: ['confirmPaymentSent', ...NO_REQUEST], seller: NO_REQUEST },
  },
  'payment sent, long ago': {
    trade: inState([began, sent]),
    moment: TOO_LATE,
    legal: {
      buyer: { ...PAID_BUYER, requestCancellation: 'payment_sent', openDispute: 'disputed' },
      seller: { ...PAID_SELLER, requestCancellation: 'payment_sent', openDispute: 'disputed' },
    },
    done: { buyer: ['confirmPaymentSent', ...NO_REQUEST], seller: NO_REQUEST },
  },
  'payment sent, the buyer asks for the end': {
    trade: inState([began, sent], asked('buyer')),
    legal: {
      buyer: { ...PAID_BUYER, retractCancellation: 'payment_sent', openDispute: 'disputed' },
      seller: { ...PAID_SELLER, acceptCancellation: 'cancelled', openDispute: 'disputed' },
    },
    done: { buyer: ['confirmPaymentSent', 'requestCancellation'] },
  },
  'payment sent, the seller asks for the end': {
    trade: inState([began, sent], asked('seller')),
    legal: {
      buyer: { ...PAID_BUYER, acceptCancellation: 'cancelled', openDispute: 'disputed' },
      seller: { ...PAID_SELLER, retractCancellation: 'payment_sent', openDispute: 'disputed' },
    },
    done: { buyer: ['confirmPaymentSent'], seller: ['requestCancellation'] },
  },
  disputed: {
    trade: inState([began, sent, argued], { dispute }),
    legal: {
      buyer: { ...PAID_BUYER, requestCancellation: 'disputed' },
      seller: { ...PAID_SELLER, requestCancellation: 'disputed' },
      arbitrator: { resolveDispute: 'resolved' },
    },
    done: { buyer: ['confirmPaymentSent', ...NO_REQUEST], seller: ['openDispute', ...NO_REQUEST] },
  },
  'disputed, the buyer asks for the end': {
    trade: inState([began, sent, argued], { dispute, ...asked('buyer') }),
    legal: {
      buyer: { ...PAID_BUYER, retractCancellation: 'disputed' },
      seller: { ...PAID_SELLER, acceptCancellation: 'cancelled' },
      arbitrator: { resolveDispute: 'resolved' },
    },
    done: { buyer: ['confirmPaymentSent', 'requestCancellation'], seller: ['openDispute'] },
  },
  'disputed, the seller asks for the end': {
    trade: inState([began, sent, argued], { dispute, ...asked('seller') }),
    legal: {
      buyer: { ...PAID_BUYER, acceptCancellation: 'cancelled' },
      seller: { ...PAID_SELLER, retractCancellation: 'disputed' },
      arbitrator: { resolveDispute: 'resolved' },
    },
    done: { buyer: ['confirmPaymentSent'], seller: ['openDispute', 'requestCancellation'] },
  },
  completed: {
    trade: inState([began, sent, passed('completed', 'seller')]),
    legal: {},
    done: { buyer: ['confirmPaymentSent'], seller: ['confirmPaymentReceived'] },
  },
  'completed after a dispute': {
    trade: inState([began, sent, argued, passed('completed', 'seller')], { dispute }),
    legal: {},
    done: { buyer: ['confirmPaymentSent'], seller: ['confirmPaymentReceived'] },
  },
  'cancelled by the buyer': {
    trade: inState([began, sent, passed('cancelled', 'buyer')]),
    legal: {},
    done: { buyer: ['cancelTrade'] },
  },
  'cancelled by both, as the buyer asked': {
    trade: inState([began, sent, passed('cancelled', 'both')], asked('buyer')),
    legal: {},
    done: { buyer: ['requestCancellation'], seller: ['acceptCancellation'] },
  },
  'cancelled by both, as the seller asked': {
    trade: inState([began, sent, argued, passed('cancelled', 'both')], { dispute, ...asked('seller') }),
    legal: {},
    done: { buyer: ['acceptCancellation'], seller: ['requestCancellation'] },
  },
  expired: { trade: inState([began, passed('expired', 'time')]), legal: {}, done: {} },
  resolved: {
    trade: inState([began, sent, argued, passed('resolved', 'arbitrator')], {
      dispute: {
        ...dispute,
        resolution: { buyerPiconero: asPiconero(4n), note: '', at: IN_TIME.now, by: arbitrator! },
      },
    }),
    legal: {},
    done: { buyer: ['confirmPaymentSent'], seller: ['openDispute'], arbitrator: ['resolveDispute'] },
  },
};

/** A step with everything that its request says. */
const messageOf = (name: PersonStep): Taken => {
  if (name === 'openDispute') return { name, reason: 'no money' };
  if (name === 'resolveDispute') return { name, buyerPiconero: asPiconero(4n), note: 'as agreed' };
  return { name };
};

const cells = Object.entries(SITUATIONS).flatMap(([situation, facts]) =>
  (Object.keys(PEOPLE) as Who[]).flatMap((who) =>
    PERSON_STEPS.map((step) => ({ situation, facts, who, step })),
  ),
);

test(`of all ${cells.length} situations x people x steps, exactly the legal ones are accepted`, () => {
  const counts = { accepted: 0, done: 0, refused: 0 };
  for (const { situation, facts, who, step } of cells) {
    const { trade, moment = IN_TIME, legal, done } = facts;
    const role = AS[who];
    const [to, isDone] =
      role === 'nobody' ? [undefined, false] : [legal[role]?.[step], done[role]?.includes(step) ?? false];
    const advanced = advance(trade, messageOf(step), PEOPLE[who], moment);
    const outcome = advanced === 'done' ? 'done' : isRefusal(advanced) ? 'refused' : advanced.next.state;
    expect({ situation, who, step, outcome }).toEqual({
      situation,
      who,
      step,
      outcome: to ?? (isDone ? 'done' : 'refused'),
    });
    counts[to ? 'accepted' : isDone ? 'done' : 'refused'] += 1;
  }
  // 16 situations, 7 people, 8 steps.
  expect(cells).toHaveLength(896);
  expect(counts).toEqual({ accepted: 79, done: 63, refused: 754 });
});

test('whoever is no party sees nothing of a trade without a dispute, and may only decide on one with a dispute', () => {
  for (const { facts, who, step } of cells) {
    const advanced = advance(facts.trade, messageOf(step), PEOPLE[who], IN_TIME);
    const isOutside = AS[who] === 'nobody' || (AS[who] === 'arbitrator' && !facts.trade.dispute);
    if (isOutside) expect(advanced).toEqual({ refused: 'not_found' });
    if (!isOutside && AS[who] === 'arbitrator' && step !== 'resolveDispute')
      expect(advanced).toEqual({ refused: 'not_your_step' });
  }
});

test('a legal step has one more version, one event, and a settled hold exactly if it ends the trade', () => {
  for (const { facts, who, step } of cells) {
    const { trade, moment = IN_TIME } = facts;
    const advanced = advance(trade, messageOf(step), PEOPLE[who], moment);
    if (advanced === 'done' || isRefusal(advanced)) continue;
    const { next, moves, events } = advanced;
    expect(next.version).toBe(trade.version + 1);
    expect(events).toMatchObject([{ tradeId: trade.id, version: next.version, accountIds: [buyer, seller] }]);
    expect(moves).toHaveLength(hasEnded(next.state) ? 1 : 0);
    expect(moves.map(({ transfer }) => transfer.status)).toEqual(
      hasEnded(next.state) ? [settledHoldOf(next).status] : [],
    );
    // Nobody else becomes a party, and the amount and the hold stay as they were agreed.
    expect(next).toMatchObject({
      buyerId: trade.buyerId,
      sellerId: trade.sellerId,
      amountPiconero: trade.amountPiconero,
      holdId: trade.holdId,
    });
  }
});

test('a replayed message has no second effect', () => {
  let replays = 0;
  for (const { facts, who, step } of cells) {
    const { trade, moment = IN_TIME } = facts;
    const advanced = advance(trade, messageOf(step), PEOPLE[who], moment);
    if (advanced === 'done' || isRefusal(advanced)) continue;
    const again = advance(advanced.next, messageOf(step), PEOPLE[who], moment);
    expect(again).toBe('done');
    replays += 1;
  }
  expect(replays).toBe(79);
});

test('the timer ends exactly the unpaid trades that are too late', () => {
  for (const { trade, moment = IN_TIME } of Object.values(SITUATIONS)) {
    const isDue = trade.state === 'awaiting_payment' && moment.now >= WINDOW_ENDS;
    expect(expire(trade, moment)?.next.state).toBe(isDue ? 'expired' : undefined);
  }
});

test('suspended parties may take every step, because the other party must not lose by it', () => {
  const operations: Record<string, object> = { ...contract, ...disputes };
  for (const name of PERSON_STEPS) expect(operations[name]).not.toHaveProperty('refusedIfSuspended');
});

const anyMessage = fc.record({
  who: fc.constantFrom(...(Object.keys(PEOPLE) as Who[])),
  taken: fc.oneof(
    fc.constantFrom(...PERSON_STEPS).map(messageOf),
    fc.bigInt({ min: -2n, max: 12n }).map((part) => ({
      name: 'resolveDispute' as const,
      buyerPiconero: asPiconero(part),
      note: 'n',
    })),
  ),
  moment: fc.constantFrom(IN_TIME, TOO_LATE),
});

test('no order of messages settles a hold twice, makes or loses XMR, or ends a trade without its settlement', () => {
  fc.assert(
    fc.property(fc.array(anyMessage, { maxLength: 20 }), (messages) => {
      let trade = inState([began]);
      const moves: Move[] = [];
      for (const { who, taken, moment } of messages) {
        const advanced = advance(trade, taken, PEOPLE[who], moment);
        if (advanced === 'done' || isRefusal(advanced)) continue;
        expect(advanced.next.version).toBe(trade.version + 1);
        expect(advanced.next.history?.at(-1)?.state).toBe(advanced.next.state);
        moves.push(...advanced.moves);
        trade = advanced.next;
      }
      expect(moves).toHaveLength(hasEnded(trade.state) ? 1 : 0);
      const changes = balanceChanges(moves);
      expect(changes.reduce((sum, { available, held }) => sum + available + held, 0n)).toBe(0n);
      if (hasEnded(trade.state))
        expect(changes.map(({ held }) => held).reduce((sum, held) => sum + held, 0n)).toBe(-10n);
    }),
    { numRuns: 2_000 },
  );
});
