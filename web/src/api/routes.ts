import type { AnyOperation } from '#contract/index.ts';

type Named<N extends string> = Extract<AnyOperation, { name: N }>;

/**
 * What the site needs of each operation when it runs. The contract's own client brings zod along, 33 kB compressed:
 * with it the first load would weigh more than the 70 kB it may. So only its types come along: a route or caller that
 * differs from the contract's fails the type check here.
 */
export const ROUTES = {
  registerAccount: ['POST /auth/register', 'anyone'],
  logIn: ['POST /auth/login', 'anyone'],
  logInSecondFactor: ['POST /auth/login/second-factor', 'anyone'],
  refreshSession: ['POST /auth/refresh', 'refresh_cookie'],
  logOut: ['POST /auth/logout', 'refresh_cookie'],
  getMe: ['GET /me', 'account'],
  startTotp: ['POST /me/totp', 'account'],
  confirmTotp: ['POST /me/totp/confirm', 'account'],
  disableTotp: ['DELETE /me/totp', 'account'],
  listOffers: ['GET /offers', 'anyone'],
  createOffer: ['POST /offers', 'account'],
  getOffer: ['GET /offers/{offerId}', 'anyone'],
  updateOffer: ['PATCH /offers/{offerId}', 'account'],
  closeOffer: ['DELETE /offers/{offerId}', 'account'],
  listMyOffers: ['GET /me/offers', 'account'],
  listRates: ['GET /rates', 'anyone'],
  startTrade: ['POST /trades', 'account'],
  getTrade: ['GET /trades/{tradeId}', 'account'],
  listMyTrades: ['GET /me/trades', 'account'],
  confirmPaymentSent: ['POST /trades/{tradeId}/payment-sent', 'account'],
  confirmPaymentReceived: ['POST /trades/{tradeId}/payment-received', 'account'],
  cancelTrade: ['POST /trades/{tradeId}/cancel', 'account'],
  getWallet: ['GET /wallet', 'account'],
  listEntries: ['GET /wallet/entries', 'account'],
  newDepositAddress: ['POST /wallet/deposit-address', 'account'],
  listDeposits: ['GET /wallet/deposits', 'account'],
  quoteWithdrawal: ['POST /wallet/withdrawals/quote', 'account'],
  requestWithdrawal: ['POST /wallet/withdrawals', 'account'],
  getWithdrawal: ['GET /wallet/withdrawals/{withdrawalId}', 'account'],
  listWithdrawals: ['GET /wallet/withdrawals', 'account'],
  drawFaucet: ['POST /sandbox/faucet', 'account'],
  mineBlocks: ['POST /sandbox/blocks', 'account'],
  getHealth: ['GET /healthz', 'anyone'],
} as const satisfies {
  [N in AnyOperation['name']]?: readonly [Named<N>['route'], Named<N>['caller']];
};

export type OperationName = keyof typeof ROUTES;
