import type { FunctionDeclaration } from '../declaration.ts';

/** Delivers events that the process that stored them could not deliver. */
export const deliverEvents: FunctionDeclaration = {
  handler: 'functions/events/deliver.handler',
  runsOn: 'every minute',
  may: { EventsTable: ['Query', 'DeleteItem'], MailQueue: ['SendMessage'], CoverQueue: ['SendMessage'] },
  unusedTables: ['NoticesTable'],
};
