import { dynamoNotices } from '#adapters/dynamodb/notices.ts';
import * as contract from '#contract/notices.ts';
import { getNoticeSettings } from '#core/notices/get-notice-settings.ts';
import { listNotices } from '#core/notices/list-notices.ts';
import { readNotices } from '#core/notices/read-notices.ts';
import { updateNoticeSettings } from '#core/notices/update-notice-settings.ts';
import { client, clock, HTTP_SETTINGS, httpDependencies } from '../composition.ts';
import { readConfig } from '../config.ts';
import { functionHealth } from '../health.ts';
import { httpApi } from '../http/http-api.ts';
import { log } from '../log.ts';

const config = await readConfig([...HTTP_SETTINGS, 'NOTICES_TABLE']);
const ports = { notices: dynamoNotices(client, config.NOTICES_TABLE, log), clock };

export const handler = httpApi(
  contract,
  {
    listNotices: listNotices(ports),
    readNotices: readNotices(ports),
    getNoticeSettings: getNoticeSettings(ports),
    updateNoticeSettings: updateNoticeSettings(ports),
    getLiveHealth: functionHealth('live'),
  },
  httpDependencies(config),
);
