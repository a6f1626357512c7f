import { dynamoConnections } from '#adapters/dynamodb/connections.ts';
import { dynamoNotices } from '#adapters/dynamodb/notices.ts';
import { randomSecrets } from '#adapters/secrets/random-secrets.ts';
import * as liveContract from '#contract/live.ts';
import * as notices from '#contract/notices.ts';
import { openLive } from '#core/live/open-live.ts';
import { getNoticeSettings } from '#core/notices/get-notice-settings.ts';
import { listNotices } from '#core/notices/list-notices.ts';
import { readNotices } from '#core/notices/read-notices.ts';
import { updateNoticeSettings } from '#core/notices/update-notice-settings.ts';
import { client, clock, HTTP_SETTINGS, httpDependencies } from '../composition.ts';
import { readConfig } from '../config.ts';
import { functionHealth } from '../health.ts';
import { httpApi } from '../http/http-api.ts';
import { log } from '../log.ts';

const config = await readConfig([...HTTP_SETTINGS, 'NOTICES_TABLE', 'LIVE_TABLE', 'LIVE_URL']);
const ports = {
  notices: dynamoNotices(client, config.NOTICES_TABLE, log),
  connections: dynamoConnections(client, config.LIVE_TABLE),
  secrets: randomSecrets,
  liveUrl: config.LIVE_URL,
  clock,
};

export const handler = httpApi(
  { ...notices, ...liveContract },
  {
    listNotices: listNotices(ports),
    readNotices: readNotices(ports),
    getNoticeSettings: getNoticeSettings(ports),
    updateNoticeSettings: updateNoticeSettings(ports),
    openLive: openLive(ports),
    getLiveHealth: functionHealth('live'),
  },
  httpDependencies(config),
);
