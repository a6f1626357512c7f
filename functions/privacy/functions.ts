import * as contract from '#contract/privacy.ts';
import type { FunctionDeclaration, Grants } from '../declaration.ts';

/** Grants of the functions that erase what a closed account has left. */
const ERASING = {
  OffersTable: ['DeleteItem'],
  'OffersTable/index/by-owner': ['Query'],
  TradesTable: ['BatchGetItem', 'UpdateItem'],
  'TradesTable/index/by-buyer': ['Query'],
  'TradesTable/index/by-seller': ['Query'],
  NoticesTable: ['Query', 'DeleteItem'],
  TalkTable: ['BatchGetItem', 'UpdateItem'],
  'TalkTable/index/by-sender': ['Query'],
  PicturesBucket: ['DeleteObject'],
  ReputationTable: ['BatchGetItem', 'UpdateItem', 'DeleteItem'],
  'ReputationTable/index/by-author': ['Query'],
  MailQueue: ['SendMessage'],
} as const satisfies Grants;

/** Exports and deletes accounts. It checks balances and changes none. */
export const privacy: FunctionDeclaration = {
  handler: 'functions/privacy/handler.handler',
  serves: [contract],
  may: {
    ...ERASING,
    TradesTable: ['GetItem', 'BatchGetItem', 'UpdateItem'],
    // The addresses of pictures in an export.
    PicturesBucket: ['GetObject', 'DeleteObject'],
    ReputationTable: ['GetItem', 'BatchGetItem', 'UpdateItem', 'DeleteItem'],
    'ReputationTable/index/by-subject': ['Query'],
    AccountsTable: ['GetItem', 'PutItem', 'UpdateItem', 'DeleteItem'],
    NoticesTable: ['GetItem', 'Query', 'DeleteItem'],
    SessionsTable: ['GetItem', 'Query', 'DeleteItem'],
    SecondFactorsTable: ['GetItem', 'Query', 'UpdateItem', 'DeleteItem'],
    PaymentAccountsTable: ['Query', 'DeleteItem'],
    PeopleTable: ['BatchGetItem', 'UpdateItem'],
    'TradesTable/index/by-buyer-state': ['Query'],
    'TradesTable/index/by-seller-state': ['Query'],
    LedgerTable: ['GetItem', 'BatchGetItem', 'ConditionCheckItem'],
    'LedgerTable/index/by-debit': ['Query'],
    'LedgerTable/index/by-credit': ['Query'],
    PaymentsTable: ['GetItem', 'BatchGetItem', 'ConditionCheckItem'],
    'PaymentsTable/index/by-account': ['Query'],
    'ModerationTable/index/by-reporter': ['Query'],
  },
  secrets: ['ACCESS_TOKEN_PUBLIC_KEY', 'CURSOR_KEY', 'EDGE_KEY', 'PAYMENT_DETAILS_KEY', 'TOTP_KEY'],
};

/** Erases what deleted accounts have left, once nothing new can appear. */
export const finishDeletions: FunctionDeclaration = {
  handler: 'functions/privacy/finish.handler',
  runsOn: 'every minute',
  timeoutSeconds: 50,
  may: {
    ...ERASING,
    AccountsTable: ['Query', 'UpdateItem', 'DeleteItem'],
    SessionsTable: ['Query', 'DeleteItem'],
    SecondFactorsTable: ['Query', 'DeleteItem'],
    PaymentAccountsTable: ['Query', 'DeleteItem'],
  },
  unusedTables: ['PeopleTable', 'LedgerTable', 'PaymentsTable'],
};
