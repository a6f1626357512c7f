import type { Fault } from './fault.ts';

/** Faults in the rules of trades, among them those of the robberies of 2026. */
export const TRADE_FAULTS: readonly Fault[] = [
  {
    name: 'bisq-2026',
    description: 'a message of a trade is believed, whatever the role of its sender in the stored trade',
    patches: [
      {
        file: 'core/trades/rules.ts',
        search: "if (!takes(role, step)) return refusal('not_your_step');",
        replace: '',
      },
    ],
    finds: 'legal-step',
  },
  {
    name: 'haveno-2026',
    description: 'a message may say that its sender is the arbitrator',
    patches: [
      {
        file: 'core/trades/take-step.ts',
        search: 'takenIn(input), given: input, isModerator: false',
        replace:
          'takenIn(input), given: input, isModerator: (input as { isModerator?: boolean }).isModerator === true',
      },
      {
        file: 'core/trades/rules.ts',
        search: "partyOf(trade, accountId) ?? (isModerator && trade.dispute ? 'arbitrator' : undefined)",
        replace: "partyOf(trade, accountId) ?? (isModerator && trade.dispute ? 'seller' : undefined)",
      },
    ],
    finds: 'legal-step',
  },
  {
    name: 'judge-in-own-case',
    description: 'a moderator decides a dispute of which he is a party',
    patches: [
      {
        file: 'core/trades/rules.ts',
        search: "partyOf(trade, accountId) ?? (isModerator && trade.dispute ? 'arbitrator' : undefined)",
        replace: "isModerator && trade.dispute ? 'arbitrator' : partyOf(trade, accountId)",
      },
    ],
    finds: 'legal-step',
  },
  {
    name: 'read-check-write',
    description: 'a trade that ended after it was read ends again, and its hold settles twice',
    patches: [
      {
        file: 'adapters/memory/trades.ts',
        search: "if (stored.get(next.id)?.version !== next.version - 1) return 'changed_since';\n      if",
        replace:
          "const known = stored.get(next.id)!;\n      if (!hasEnded(known.state) && known.version !== next.version - 1) return 'changed_since';\n      if",
      },
      { file: 'adapters/memory/books.ts', search: "known?.status !== 'pending'", replace: 'false' },
    ],
    finds: 'one-outcome',
  },
  {
    name: 'late-timer-decides',
    description: 'a trade past its payment window is still open until the timer runs',
    patches: [
      {
        file: 'core/trades/rules.ts',
        search: "isPastWindow(trade, moment.now) && !isHeldBack(trade, moment) ? 'expired' : trade.state",
        replace: 'trade.state',
      },
      {
        file: 'core/trades/rules.ts',
        search: "const isDue = stateAt(trade, moment) === 'expired' && trade.state !== 'expired';",
        replace:
          "const isDue = isPastWindow(trade, moment.now) && !isHeldBack(trade, moment) && trade.state !== 'expired';",
      },
    ],
    finds: 'payment-window',
  },
  {
    name: 'window-in-seconds',
    description: 'the payment window is taken for seconds',
    patches: [
      {
        file: 'core/trades/taking.ts',
        search: 'offer.paymentWindowMinutes * MINUTE_MS',
        replace: '(offer.paymentWindowMinutes * MINUTE_MS) / 60',
      },
    ],
    finds: 'payment-window',
  },
  {
    name: 'step-without-event',
    description: 'a cancelled trade is reported to nobody',
    patches: [
      {
        file: 'core/trades/rules.ts',
        search: 'events: [tradeEvent(event, next, actingParty(trade, by))] };',
        replace: "events: name === 'cancelTrade' ? [] : [tradeEvent(event, next, actingParty(trade, by))] };",
      },
    ],
    finds: 'event-once',
  },
  {
    name: 'event-of-old-version',
    description: 'the event of a step has the version before it',
    patches: [
      {
        file: 'core/trades/rules.ts',
        search: 'events: [tradeEvent(event, next, actingParty(trade, by))] };',
        replace: 'events: [tradeEvent(event, trade, actingParty(trade, by))] };',
      },
    ],
    finds: 'event-once',
  },
  {
    name: 'open-trades',
    description: 'everybody who knows the id of a trade may read it',
    patches: [
      {
        file: 'core/trades/get-trade.ts',
        search: 'if (!trade || !roleOf(trade, person))',
        replace: 'if (!trade)',
      },
    ],
    finds: 'hidden-data',
  },
  {
    name: 'takes-without-limit',
    description: 'a taker may have any number of open trades',
    patches: [
      {
        file: 'core/trades/limits.ts',
        search: '{ untilFirstCompleted: 3, afterwards: 10 }',
        replace: '{ untilFirstCompleted: 4, afterwards: 12 }',
      },
    ],
    finds: 'limits',
  },
  {
    name: 'release-without-code',
    description: 'the seller releases XMR without the second factor',
    patches: [
      {
        file: 'core/trades/states.ts',
        search: 'return secondFactor?.of === role && secondFactor.in.includes(state);',
        replace:
          "return name !== 'confirmPaymentReceived' && secondFactor?.of === role && secondFactor.in.includes(state);",
      },
    ],
    finds: 'second-factor',
  },
  {
    name: 'takes-during-a-halt',
    description: 'a trade that was decided before a halt starts after it',
    patches: [
      { file: 'adapters/memory/trades.ts', search: "if (halts.now().takes) return 'halted';", replace: '' },
    ],
    finds: 'halted',
  },
  {
    name: 'freed-hold',
    description: 'the schedule frees the holds of trades that go on',
    patches: [
      {
        file: 'core/trades/rules.ts',
        search: 'if (trade?.holdId !== held.id) return voided(held, now);',
        replace: 'if (trade?.holdId === held.id) return voided(held, now);',
      },
    ],
    finds: 'held',
  },
];
