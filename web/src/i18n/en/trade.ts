import type { Actor, TradeState } from '#core/trades/states.ts';

/** The facts that the words of a trade name: people by their names, amounts as texts. */
export type TradeWords = {
  fiat: string;
  method: string;
  buyer: string;
  seller: string;
  /** Who asked for the end by both, and who agreed. */
  asker: string;
  agreer: string;
  /** Who opened the dispute. */
  opener: string;
  toBuyer: string;
  toSeller: string;
};
type Words = (facts: TradeWords) => string;
type Ends = Record<End, Words>;

/** The ways in which a trade ends. */
export type End =
  | 'completed'
  | 'seller_gave_in'
  | 'cancelled'
  | 'buyer_gave_in'
  | 'both'
  | 'expired'
  | 'resolved';

export const trade = {
  title: {
    buyer: (xmr: string, name: string) => `Buying ${xmr} from ${name}`,
    seller: (xmr: string, name: string) => `Selling ${xmr} to ${name}`,
    arbitrator: (xmr: string, seller: string, buyer: string) =>
      `Dispute over ${xmr} between ${seller} and ${buyer}`,
  },
  mineTitle: 'My trades',
  noneInState: 'No trade in this state',
  showAll: 'Show all trades',
  mineEmptyTitle: 'No trades yet',
  mineEmptyText: 'A trade begins when you take an offer, or somebody takes yours.',
  filter: 'Show',
  all: 'All',
  states: {
    awaiting_payment: 'Awaiting payment',
    payment_sent: 'Payment sent',
    disputed: 'Disputed',
    completed: 'Completed',
    cancelled: 'Cancelled',
    expired: 'Expired',
    resolved: 'Decided',
  },
  steps: 'Where this trade stands',
  stepDone: 'done',
  stepHeld: 'XMR held',
  stepSent: 'Money sent',
  stepReceived: 'Money received',
  stepDelivered: 'XMR delivered',
  stepDisputed: 'Dispute',
  stepResolved: 'Decided',
  stepEnded: { cancelled: 'Cancelled', expired: 'Time ran out' } as { [state in TradeState]?: string },
  now: 'What to do now',
  ended: 'How it ended',
  next: {
    buyer: {
      awaiting_payment: ({ fiat, method, seller }) =>
        `Send ${fiat} to ${seller} by ${method}. Then press the button, so that ${seller} checks for it.`,
      payment_sent: ({ seller }) =>
        `You said you paid. Now ${seller} checks that the money has arrived and releases the XMR.`,
      disputed: () => 'An arbitrator will decide. The XMR stays locked. You can still settle it together.',
    },
    seller: {
      awaiting_payment: ({ fiat, method, buyer }) =>
        `Your XMR is held. Wait for ${buyer} to send ${fiat} by ${method}.`,
      payment_sent: ({ fiat, method, buyer }) =>
        `${buyer} says the money is on its way. Check that ${fiat} really arrived by ${method} before you confirm.`,
      disputed: () => 'An arbitrator will decide. The XMR stays locked. You can still settle it together.',
    },
    arbitrator: {
      awaiting_payment: () => '',
      payment_sent: () => '',
      disputed: ({ opener }) => `${opener} asks for a decision. Read the facts, and divide the locked XMR.`,
    },
  } satisfies Record<string, Record<'awaiting_payment' | 'payment_sent' | 'disputed', Words>>,
  ends: {
    buyer: {
      completed: ({ seller }) => `${seller} confirmed your payment. The XMR is in your wallet.`,
      seller_gave_in: ({ seller }) => `${seller} gave in to the dispute. The XMR is in your wallet.`,
      cancelled: () => 'You cancelled this trade. The XMR went back to the seller.',
      buyer_gave_in: () => 'You gave in to the dispute. The XMR went back to the seller.',
      both: ({ asker, agreer }) =>
        `${asker} asked to end this trade, and ${agreer} agreed. The XMR went back to the seller.`,
      expired: () => 'You did not pay in time, so the trade expired. The XMR went back to the seller.',
      resolved: ({ toBuyer, toSeller, seller }) =>
        `An arbitrator decided the dispute: you get ${toBuyer}, and ${seller} gets ${toSeller}.`,
    },
    seller: {
      completed: ({ buyer }) => `You confirmed the payment, and the XMR now belongs to ${buyer}.`,
      seller_gave_in: ({ buyer }) => `You gave in to the dispute, and the XMR now belongs to ${buyer}.`,
      cancelled: ({ buyer }) => `${buyer} cancelled this trade. Your XMR is available again.`,
      buyer_gave_in: ({ buyer }) => `${buyer} gave in to the dispute. Your XMR is available again.`,
      both: ({ asker, agreer }) =>
        `${asker} asked to end this trade, and ${agreer} agreed. Your XMR is available again.`,
      expired: ({ buyer }) =>
        `${buyer} did not pay in time, so the trade expired. Your XMR is available again.`,
      resolved: ({ toBuyer, toSeller, buyer }) =>
        `An arbitrator decided the dispute: you get ${toSeller} back, and ${buyer} gets ${toBuyer}.`,
    },
    arbitrator: {
      completed: () => '',
      seller_gave_in: ({ seller, buyer }) => `${seller} gave in. The XMR belongs to ${buyer}.`,
      cancelled: () => '',
      buyer_gave_in: ({ seller, buyer }) => `${buyer} gave in. The XMR went back to ${seller}.`,
      both: ({ asker, agreer }) =>
        `${asker} asked to end this trade, and ${agreer} agreed. The XMR went back to the seller.`,
      expired: () => '',
      resolved: ({ toBuyer, toSeller, buyer, seller }) =>
        `An arbitrator decided: ${buyer} gets ${toBuyer}, and ${seller} gets ${toSeller}.`,
    },
  } satisfies Record<string, Ends>,
  sentMoney: 'I sent money',
  receivedMoney: 'I received money',
  releaseTitle: 'Has the money really arrived?',
  releaseText: (fiat: string, xmr: string, name: string) =>
    `You confirm that you received ${fiat}. ${xmr} then goes to ${name}, for good.`,
  release: (xmr: string) => `Release ${xmr}`,
  cancel: 'Cancel trade',
  cancelTitle: 'Cancel this trade?',
  cancelText: (xmr: string, name: string) =>
    `Do not cancel if you have already paid. ${xmr} goes back to ${name}.`,
  cancelYes: 'Yes, cancel the trade',
  cancelNo: 'Keep the trade',
  timeToPay: 'Time left to pay',
  expiring: 'Time is up: the trade is about to expire.',
  changedNow: (state: string) => `The trade has changed in the meantime. It is now: ${state}.`,
  nowState: (state: string) => `Trade: ${state}.`,
  facts: 'Trade details',
  howToPay: { buyer: 'How to pay', seller: 'How the buyer pays', arbitrator: 'How the buyer pays' },
  noDetails: {
    buyer: (seller: string) =>
      `${seller} has named no account for this payment. Look in the terms of the offer, and send nothing until you know where to.`,
    seller: () =>
      'You have named no account for this payment, so the buyer does not see where to send the money.',
    arbitrator: (seller: string) => `${seller} has named no account for this payment.`,
  },
  reference: 'Reference',
  referenceHint:
    'Write the reference on the payment, and nothing else about it. The seller finds your payment by it.',
  transferCode: 'QR code of this transfer',
  transferCodeHint:
    'Scan it with your banking app, which fills in the transfer. Compare it before you confirm.',
  toPay: 'Money',
  xmr: 'Monero',
  price: 'Price of 1 XMR',
  method: 'Payment method',
  buyer: 'Buyer',
  seller: 'Seller',
  started: 'Started',
  id: 'Trade number',
  terms: 'Terms of the offer',
  toWallet: 'To the wallet',
  open: (name: string) => `Open the trade with ${name}`,
  roles: { buyer: 'Buying', seller: 'Selling', arbitrator: 'Arbitrator' },

  askEnd: 'Ask to end the trade',
  askEndTitle: 'End this trade together?',
  askEndText: (name: string) => `${name} is asked to agree. If so, the XMR goes back to the seller.`,
  askEndYes: 'Ask',
  youAskedEnd: (name: string) => `You asked to end this trade. ${name} has not agreed yet.`,
  theyAskEnd: (name: string) => `${name} asks to end this trade. The XMR would go back to the seller.`,
  retractEnd: 'Take it back',
  acceptEnd: 'Agree to the end',
  acceptEndTitle: 'Agree to end this trade?',
  acceptEndText: (xmr: string, name: string) => `${xmr} goes back to ${name}, for good.`,
  acceptEndYes: 'Yes, end the trade',
  acceptEndWarning: 'Do not agree if you have paid and your money has not come back.',

  dispute: 'Open a dispute',
  disputeTitle: 'Open a dispute?',
  disputeText:
    'An arbitrator decides who gets the locked XMR. Try to settle it first, because a decision takes time.',
  disputeReason: 'What is wrong?',
  disputeReasonHint: 'The other party and the arbitrator read it.',
  disputeYes: 'Open the dispute',
  disputeFacts: 'The dispute',
  disputeOpened: (name: string, date: string) => `Opened by ${name} on ${date}`,
  disputeReasonErased: 'The reason was erased with the account of its author.',
  decision: 'The decision',
  decidedAt: (date: string) => `Decided by an arbitrator on ${date}`,
  giveInRelease: 'Give in: release the XMR',
  giveInCancel: 'Give in: return the XMR',

  decide: 'Decide',
  decideText: (xmr: string) => `Divide ${xmr} between both parties. The decision is final.`,
  toBuyer: (name: string) => `For the buyer, ${name} (XMR)`,
  toSeller: (name: string) => `For the seller, ${name}`,
  allToBuyer: 'All to the buyer',
  half: 'Half each',
  allToSeller: 'All to the seller',
  decideNote: 'Why?',
  decideNoteHint: 'Both parties read it.',
  decideWrong: (xmr: string) => `From 0 to ${xmr}.`,
  wordsMissing: 'Write a few words.',
  decideTitle: 'Decide like this?',
  decideYes: 'Yes, decide',

  history: 'What happened',
  happened: {
    awaiting_payment: (who: string) => `Started by ${who}`,
    payment_sent: (who: string) => `Payment reported by ${who}`,
    disputed: (who: string) => `Dispute opened by ${who}`,
    completed: (who: string) => `XMR released by ${who}`,
    cancelled: (who: string) => `Ended by ${who}`,
    expired: () => 'The time to pay ran out',
    resolved: (who: string) => `Decided by ${who}`,
  } satisfies Record<TradeState, (who: string) => string>,
  actors: { arbitrator: 'an arbitrator', both: 'both parties', time: 'time' } satisfies {
    [actor in Exclude<Actor, 'buyer' | 'seller'>]: string;
  },
};
