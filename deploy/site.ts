import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DeleteObjectsCommand, PutObjectCommand, paginateListObjectsV2, S3Client } from '@aws-sdk/client-s3';
import { lookup } from 'mrmime';
import { awsClient } from '#adapters/aws/client.ts';
import { siteFolder } from '#stage/site-build.ts';
import { cacheControlOf } from '#stage/site-headers.ts';

/** Emulators know a bucket by its path, not by a host's name. */
const storage = () => awsClient(S3Client, { forcePathStyle: process.env.AWS_ENDPOINT_URL !== undefined });

/**
 * Puts the built site into its bucket, the page itself last: until then the old one finds its old files, which are
 * kept for those who have it open. @returns how many files
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

/** A bucket can only be removed when it is empty. One that a stopped removal has deleted is empty. */
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
