import * as contract from '#contract/payment-accounts.ts';
import type { FunctionDeclaration } from '../declaration.ts';

/** Keeps the details by which members are paid. It reaches no other table than sessions and second factors. */
export const paymentAccounts: FunctionDeclaration = {
  handler: 'functions/payment-accounts/handler.handler',
  serves: [contract],
  may: {
    PaymentAccountsTable: ['GetItem', 'PutItem', 'UpdateItem', 'DeleteItem', 'Query'],
    SessionsTable: ['GetItem'],
    SecondFactorsTable: ['GetItem', 'UpdateItem', 'DeleteItem', 'Query'],
  },
  secrets: ['ACCESS_TOKEN_PUBLIC_KEY', 'CURSOR_KEY', 'EDGE_KEY', 'PAYMENT_DETAILS_KEY', 'TOTP_KEY'],
};
