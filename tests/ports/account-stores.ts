import { dynamoAccounts } from '#adapters/dynamodb/accounts.ts';
import { documentClient } from '#adapters/dynamodb/client.ts';
import { liveSessions } from '#adapters/dynamodb/live-sessions.ts';
import { dynamoPeople } from '#adapters/dynamodb/people.ts';
import { dynamoSecondFactors } from '#adapters/dynamodb/second-factors.ts';
import { dynamoSessions } from '#adapters/dynamodb/sessions.ts';
import { dynamoChallenges } from '#adapters/dynamodb/sessions-challenges.ts';
import { dynamoBuckets, dynamoKnownPlaces } from '#adapters/dynamodb/sessions-throttle.ts';
import { memoryAccounts } from '#adapters/memory/accounts.ts';
import { memorySecondFactors } from '#adapters/memory/second-factors.ts';
import { memoryChallenges, memorySessions } from '#adapters/memory/sessions.ts';
import { memoryBuckets, memoryKnownPlaces } from '#adapters/memory/sessions-throttle.ts';
import { tableOf } from './stores.ts';

const memory = () => ({
  accounts: memoryAccounts(),
  sessions: memorySessions(),
  challenges: memoryChallenges(),
  factors: memorySecondFactors(),
  buckets: memoryBuckets(),
  knownPlaces: memoryKnownPlaces(),
});

const dynamodb = () => {
  const client = documentClient();
  const sessions = tableOf('SESSIONS_TABLE');
  return {
    accounts: dynamoAccounts(client, {
      accounts: tableOf('ACCOUNTS_TABLE'),
      people: tableOf('PEOPLE_TABLE'),
    }),
    sessions: dynamoSessions(client, sessions),
    challenges: dynamoChallenges(client, sessions),
    factors: dynamoSecondFactors(client, tableOf('SECOND_FACTORS_TABLE')),
    buckets: dynamoBuckets(client, sessions),
    knownPlaces: dynamoKnownPlaces(client, sessions),
  };
};

/** Each suite runs on both, so that a fake that lies fails. */
export const accountStores = [
  ['memory', memory],
  ['DynamoDB', dynamodb],
] as const;

/** What other functions read of what auth writes. */
export const readersOfAccounts = () => ({
  people: dynamoPeople(documentClient(), tableOf('PEOPLE_TABLE')),
  liveSessions: (clock: Parameters<typeof liveSessions>[2]) =>
    liveSessions(documentClient(), tableOf('SESSIONS_TABLE'), clock),
});
