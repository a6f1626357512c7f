import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DeleteObjectsCommand, PutObjectCommand, paginateListObjectsV2, S3Client } from '@aws-sdk/client-s3';
import { lookup } from 'mrmime';
import { awsClient } from '#adapters/aws/client.ts';
import { siteFolder } from '#stage/site-build.ts';
import { cacheControlOf } from '#stage/site-headers.ts';

/** Path-style addresses for emulators, because a bucket is no host name there. */
const storage = () => awsClient(S3Client, { forcePathStyle: process.env.AWS_ENDPOINT_URL !== undefined });

/**
 * Uploads the built site to its bucket, index.html last. Until then the old page still finds its files. Old files are
 * kept for visitors who have the old page open.
 *
 * @returns the number of files
 */
export async function uploadSite(Bucket: string): Promise<number> {
  const client = storage();
  const files = readdirSync(siteFolder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(siteFolder.length + 1)
        .replaceAll('\\', '/'),
    )
    .sort((one, other) => Number(one === 'index.html') - Number(other === 'index.html'));
  for (const Key of files) {
    const type = lookup(Key) ?? 'application/octet-stream';
    const ContentType = /^text\/|json$|javascript$/.test(type) ? `${type}; charset=utf-8` : type;
    const Body = readFileSync(join(siteFolder, Key));
    await client.send(
      new PutObjectCommand({ Bucket, Key, Body, ContentType, CacheControl: cacheControlOf(`/${Key}`) }),
    );
  }
  return files.length;
}

/**
 * Empties a bucket, because only an empty one can be removed. A missing bucket counts as empty: an earlier removal that
 * stopped may have deleted it.
 */
export async function emptyBucket(Bucket: string): Promise<void> {
  try {
    await deleteAllIn(Bucket);
  } catch (error) {
    if ((error as Error).name !== 'NoSuchBucket') throw error;
  }
}

async function deleteAllIn(Bucket: string): Promise<void> {
  const client = storage();
  for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket })) {
    const Objects = Contents.map(({ Key }) => ({ Key }));
    if (Objects.length > 0) await client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
  }
}
