import * as contract from '#contract/reputation.ts';
import { EVENT_GRANTS, type FunctionDeclaration } from '../declaration.ts';

/** Shows profiles, finds accounts, and stores reviews of ended trades. It only reads trades. */
export const reputation: FunctionDeclaration = {
  handler: 'functions/reputation/handler.handler',
  serves: [contract],
  may: {
    ReputationTable: ['GetItem', 'BatchGetItem', 'PutItem', 'UpdateItem', 'ConditionCheckItem'],
    'ReputationTable/index/by-subject': ['Query'],
    PeopleTable: ['BatchGetItem'],
    'PeopleTable/index/by-name': ['Query'],
    TradesTable: ['GetItem'],
    SessionsTable: ['GetItem'],
    ...EVENT_GRANTS,
  },
  secrets: ['ACCESS_TOKEN_PUBLIC_KEY', 'CURSOR_KEY', 'EDGE_KEY'],
};
