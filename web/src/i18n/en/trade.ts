import type { TradeState } from '#core/trades/states.ts';

export const trade = {
  title: {
    buyer: (xmr: string, name: string) => `Buying ${xmr} from ${name}`,
    seller: (xmr: string, name: string) => `Selling ${xmr} to ${name}`,
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
    completed: 'Completed',
    cancelled: 'Cancelled',
    expired: 'Expired',
  },
  steps: 'Where this trade stands',
  stepDone: 'done',
  stepHeld: 'XMR held',
  stepSent: 'Money sent',
  stepReceived: 'Money received',
  stepDelivered: 'XMR delivered',
  stepEnded: { cancelled: 'Cancelled', expired: 'Time ran out' } as { [state in TradeState]?: string },
  now: 'What to do now',
  ended: 'How it ended',
  next: {
    buyer: {
      awaiting_payment: (fiat: string, method: string, seller: string) =>
        `Send ${fiat} to ${seller} by ${method}. Then press the button, so that ${seller} checks for it.`,
      payment_sent: (_fiat: string, _method: string, seller: string) =>
        `You said you paid. Now ${seller} checks that the money has arrived and releases the XMR.`,
      completed: () => 'The XMR is in your wallet.',
      cancelled: () => 'You cancelled this trade. The XMR went back to the seller.',
      expired: () => 'The time to pay ran out. The XMR went back to the seller.',
    },
    seller: {
      awaiting_payment: (fiat: string, method: string, _seller: string, buyer: string) =>
        `Your XMR is held. Wait for ${buyer} to send ${fiat} by ${method}.`,
      payment_sent: (fiat: string, method: string, _seller: string, buyer: string) =>
        `${buyer} says the money is on its way. Check that ${fiat} really arrived by ${method} before you confirm.`,
      completed: (_fiat: string, _method: string, _seller: string, buyer: string) =>
        `You confirmed the payment, and the XMR now belongs to ${buyer}.`,
      cancelled: (_fiat: string, _method: string, _seller: string, buyer: string) =>
        `${buyer} cancelled this trade. Your XMR is available again.`,
      expired: () => 'The buyer did not pay in time. Your XMR is available again.',
    },
  },
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
  toPay: 'Money',
  xmr: 'Monero',
  price: 'Price of 1 XMR',
  method: 'Payment method',
  buyer: 'Buyer',
  seller: 'Seller',
  you: 'you',
  started: 'Started',
  id: 'Trade number',
  terms: 'Terms of the offer',
  toWallet: 'To the wallet',
  open: (name: string) => `Open the trade with ${name}`,
  roles: { buyer: 'Buying', seller: 'Selling' },
};
