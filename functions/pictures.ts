import { s3Pictures } from '#adapters/storage/s3-pictures.ts';
import { client, clock } from './composition.ts';
import type { Config } from './config.ts';

/** Settings of the functions that reach pictures, or make their addresses. */
export const PICTURE_SETTINGS = [
  'PICTURES_BUCKET',
  'SITE_ORIGIN',
  'AWS_ENDPOINT_URL_S3',
  'AWS_ENDPOINT_URL',
] as const;

export const pictureStore = (config: Config<(typeof PICTURE_SETTINGS)[number]>) =>
  s3Pictures({
    bucket: config.PICTURES_BUCKET,
    siteOrigin: config.SITE_ORIGIN,
    sdk: client.config,
    endpoint: config.AWS_ENDPOINT_URL_S3 ?? config.AWS_ENDPOINT_URL,
    clock,
  });
