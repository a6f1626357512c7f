import * as contract from '#contract/moderation.ts';
import { EVENT_GRANTS, type FunctionDeclaration } from '../declaration.ts';

/** Takes reports, and lets moderators and admins act on accounts and offers. */
export const moderation: FunctionDeclaration = {
  handler: 'functions/moderation/handler.handler',
  serves: [contract],
  may: {
    ModerationTable: ['GetItem', 'PutItem', 'UpdateItem', 'DeleteItem', 'Query'],
    'ModerationTable/index/by-queue': ['Query'],
    'ModerationTable/index/by-reporter': ['Query'],
    AccountsTable: ['GetItem', 'PutItem'],
    SessionsTable: ['GetItem', 'DeleteItem', 'Query'],
    PeopleTable: ['BatchGetItem', 'UpdateItem'],
    OffersTable: ['GetItem', 'PutItem'],
    'OffersTable/index/by-owner': ['Query'],
    HaltsTable: ['GetItem', 'PutItem'],
    // A reported message, and whether its reporter may read it.
    TalkTable: ['GetItem', 'BatchGetItem'],
    TradesTable: ['GetItem'],
    // A reported review, and its removal.
    ReputationTable: ['GetItem', 'BatchGetItem', 'PutItem', 'UpdateItem'],
    PicturesBucket: ['GetObject'],
    ...EVENT_GRANTS,
  },
  secrets: ['ACCESS_TOKEN_PUBLIC_KEY', 'CURSOR_KEY', 'EDGE_KEY'],
};
