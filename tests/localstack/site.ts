import { mkdirSync, writeFileSync } from 'node:fs';
import { type IncomingMessage, request, type ServerResponse } from 'node:http';
import { dirname, join } from 'node:path';
import { GetObjectCommand, paginateListObjectsV2, S3Client } from '@aws-sdk/client-s3';
import { awsClient } from '#adapters/aws/client.ts';
import { bucketHost } from '#adapters/storage/s3-pictures.ts';
import { type SiteFront, startSiteServer } from '#sandbox/site/site-server.ts';
import { pictureHeaders } from '#stage/site-headers.ts';

type ServedBucket = {
  bucket: string;
  picturesBucket: string;
  folder: string;
  tcpPort: number;
  apiUrl: string;
  liveUrl: string;
  front: SiteFront;
};

/** Serves the files of the site's bucket by the project's own site server, because emulators run no CloudFront. */
export async function serveFromBucket({ bucket: Bucket, picturesBucket, folder, ...served }: ServedBucket) {
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
  const passUpload = (incoming: IncomingMessage, response: ServerResponse) =>
    passToBucket(picturesBucket, incoming, response);
  return { files, server: await startSiteServer({ ...served, folder, passUpload }) };
}

/** Passes a signed request on to the emulator's S3 under the name of the bucket, as CloudFront does. S3 checks it. */
function passToBucket(bucket: string, incoming: IncomingMessage, response: ServerResponse): void {
  const { hostname, port } = new URL(process.env.AWS_ENDPOINT_URL ?? '');
  const host = bucketHost(bucket, process.env.AWS_REGION ?? 'us-east-1');
  const { method, url: path, headers } = incoming;
  const onward = request({ hostname, port, method, path, headers: { ...headers, host } }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, { ...answer.headers, ...pictureHeaders });
    answer.pipe(response);
  });
  onward.on('error', () => response.destroy());
  incoming.pipe(onward);
}
