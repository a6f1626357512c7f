import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { GetObjectCommand, paginateListObjectsV2, S3Client } from '@aws-sdk/client-s3';
import { awsClient } from '#adapters/aws/client.ts';
import { type SiteFront, startSiteServer } from '#sandbox/site/site-server.ts';

type ServedBucket = { bucket: string; folder: string; tcpPort: number; apiUrl: string; front: SiteFront };

/** Serves the files of the site's bucket by the project's own site server, because emulators run no CloudFront. */
export async function serveFromBucket({ bucket: Bucket, folder, ...served }: ServedBucket) {
  const client = awsClient(S3Client, { forcePathStyle: true });
  let files = 0;
  for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket })) {
    for (const { Key = '' } of Contents) {
      const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
      mkdirSync(dirname(join(folder, Key)), { recursive: true });
      writeFileSync(join(folder, Key), (await Body?.transformToByteArray()) ?? '');
      files += 1;
    }
  }
  client.destroy();
  return { files, server: await startSiteServer({ ...served, folder }) };
}
