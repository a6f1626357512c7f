import { idempotencyRows } from '#adapters/dynamodb/idempotency.ts';
import { dynamoBuckets } from '#adapters/dynamodb/sessions-throttle.ts';
import { dynamoTalks } from '#adapters/dynamodb/talks.ts';
import { readTrades } from '#adapters/dynamodb/trades.ts';
import { cleanPicture } from '#adapters/pictures/clean-picture.ts';
import * as contract from '#contract/talk.ts';
import { unlimited } from '#core/accounts/throttle.ts';
import type { MessageId } from '#core/ids.ts';
import { listMessages } from '#core/talk/list-messages.ts';
import { markMessagesRead } from '#core/talk/mark-messages-read.ts';
import { sendMessage, unstoredParts } from '#core/talk/send-message.ts';
import { startAttachment } from '#core/talk/start-attachment.ts';
import { client, clock, HTTP_SETTINGS, httpDependencies, ids } from '../composition.ts';
import { readConfig, throttleIsOn } from '../config.ts';
import { hintQueue } from '../hint-queue.ts';
import { httpApi } from '../http/http-api.ts';
import { keyed } from '../http/use-cases.ts';
import { log } from '../log.ts';
import { PICTURE_SETTINGS, pictureStore } from '../pictures.ts';

const config = await readConfig([
  ...HTTP_SETTINGS,
  'TALK_TABLE',
  'TRADES_TABLE',
  'LIVE_QUEUE_URL',
  ...PICTURE_SETTINGS,
]);
const ports = {
  trades: readTrades(client, config.TRADES_TABLE),
  talks: dynamoTalks(client, config.TALK_TABLE, log),
  pictures: pictureStore(config),
  cleanPicture,
  hints: hintQueue(config),
  buckets: throttleIsOn() ? dynamoBuckets(client, config.TALK_TABLE) : unlimited,
  clock,
  ids,
};

export const handler = httpApi(
  contract,
  {
    listMessages: listMessages(ports),
    sendMessage: keyed(
      idempotencyRows(client, config.TALK_TABLE),
      sendMessage(ports),
      async (stored) => {
        const known = contract.Message.parse(stored);
        return { ...known, ...(await unstoredParts(ports)(known.id)) };
      },
      ({ id }) => unstoredParts(ports)(id as MessageId),
    ),
    startAttachment: startAttachment(ports),
    markMessagesRead: markMessagesRead(ports),
  },
  { ...httpDependencies(config), buckets: ports.buckets },
);
