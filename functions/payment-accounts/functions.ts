import * as contract from '#contract/payment-accounts.ts';
import { EVENT_GRANTS, type FunctionDeclaration } from '../declaration.ts';

/** Keeps the details by which members are paid. It reaches no accounts, offers, trades or balances. */
export const paymentAccounts: FunctionDeclaration = {
  handler: 'functions/payment-accounts/handler.handler',
  serves: [contract],
  may: {
    PaymentAccountsTable: ['GetItem', 'PutItem', 'UpdateItem', 'DeleteItem', 'Query'],
    SessionsTable: ['GetItem'],
    SecondFactorsTable: ['GetItem', 'UpdateItem', 'DeleteItem', 'Query'],
    ...EVENT_GRANTS,
  },
  secrets: ['ACCESS_TOKEN_PUBLIC_KEY', 'CURSOR_KEY', 'EDGE_KEY', 'PAYMENT_DETAILS_KEY', 'TOTP_KEY'],
};
