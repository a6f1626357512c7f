import { type FunctionDeclaration, STANDING_GRANTS } from '../declaration.ts';

/** Delivers events that the process that stored them could not deliver. */
export const deliverEvents: FunctionDeclaration = {
  handler: 'functions/events/deliver.handler',
  runsOn: 'every minute',
  may: {
    EventsTable: ['Query', 'DeleteItem'],
    MailQueue: ['SendMessage'],
    CoverQueue: ['SendMessage'],
    ...STANDING_GRANTS,
    TradesTable: ['GetItem'],
    PeopleTable: ['BatchGetItem'],
    LiveQueue: ['SendMessage'],
  },
  unusedTables: ['NoticesTable'],
};
