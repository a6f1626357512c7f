import { dynamoTalks } from '#adapters/dynamodb/talks.ts';
import { readTrades } from '#adapters/dynamodb/trades.ts';
import { eraseTalks } from '#core/talk/erase-talks.ts';
import { removeUploads } from '#core/talk/remove-uploads.ts';
import { client, clock } from '../composition.ts';
import { readConfig } from '../config.ts';
import { log } from '../log.ts';
import { PICTURE_SETTINGS, pictureStore } from '../pictures.ts';
import { scheduled } from '../schedule/scheduled.ts';

const config = await readConfig(['TALK_TABLE', 'TRADES_TABLE', ...PICTURE_SETTINGS]);
const ports = {
  trades: readTrades(client, config.TRADES_TABLE),
  talks: dynamoTalks(client, config.TALK_TABLE, log),
  pictures: pictureStore(config),
  clock,
};

export const handler = scheduled('eraseTalks', async () => ({
  talks: await eraseTalks(ports)(),
  uploads: await removeUploads(ports)(),
}));
