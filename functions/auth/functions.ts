import * as contract from '#contract/auth.ts';
import * as passkeys from '#contract/passkeys.ts';
import { EVENT_GRANTS, type FunctionDeclaration } from '../declaration.ts';

/** Registers, signs in, keeps sessions and second factors. */
export const auth: FunctionDeclaration = {
  handler: 'functions/auth/handler.handler',
  serves: [contract, passkeys],
  may: {
    AccountsTable: ['GetItem', 'PutItem', 'UpdateItem', 'DeleteItem'],
    PeopleTable: ['PutItem', 'UpdateItem'],
    SessionsTable: ['GetItem', 'PutItem', 'UpdateItem', 'DeleteItem', 'Query'],
    SecondFactorsTable: ['GetItem', 'PutItem', 'UpdateItem', 'DeleteItem', 'Query'],
    ...EVENT_GRANTS,
    NoticesTable: ['GetItem', 'PutItem', 'Query'],
  },
  secrets: ['ACCESS_TOKEN_PRIVATE_KEY', 'ACCESS_TOKEN_PUBLIC_KEY', 'CURSOR_KEY', 'EDGE_KEY', 'TOTP_KEY'],
};
