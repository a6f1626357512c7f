import { type IncomingMessage, request, type ServerResponse } from 'node:http';
import { type Credentials, isGenuine } from '#adapters/storage/presigned.ts';
import { bucketHost } from '#adapters/storage/s3-pictures.ts';
import { asInstant } from '#core/time.ts';
import { pictureHeaders } from '#stage/site-headers.ts';

/** The store behind `/uploads/`. Its engine checks nothing, so this server does, and the engine stays unreachable. */
export type UploadStore = {
  /** The address of the engine with its key. */
  url: string;
  bucket: string;
  region: string;
  credentials: Credentials;
};

export const isUpload = (path: string) => path.startsWith('/uploads/');

/** Passes a signed request for a picture on, as CloudFront and S3 do in a deploy: the signature is checked first. */
export function passUpload(incoming: IncomingMessage, response: ServerResponse, store: UploadStore): void {
  for (const [name, value] of Object.entries(pictureHeaders)) response.setHeader(name, value);
  const refused = whyRefused(incoming, store);
  if (refused) {
    end(response, refused);
    return;
  }
  const target = new URL(store.url);
  const path = (incoming.url ?? '').split('?')[0];
  const { 'content-type': type, 'content-length': length } = incoming.headers;
  const onward = request(
    {
      host: target.hostname,
      port: target.port,
      method: incoming.method,
      path: `${target.pathname.replace(/\/$/, '')}/${store.bucket}${path}`,
      headers: { ...(type && { 'content-type': type }), ...(length && { 'content-length': length }) },
    },
    (answer) => {
      const { statusCode = 502, headers } = answer;
      if (statusCode >= 400) {
        answer.resume();
        end(response, statusCode === 404 ? 404 : 502);
        return;
      }
      if (headers['content-type']) response.setHeader('content-type', headers['content-type']);
      if (headers['content-length']) response.setHeader('content-length', headers['content-length']);
      response.writeHead(statusCode);
      answer.pipe(response);
    },
  );
  onward.on('error', () => end(response, 502));
  response.on('close', () => onward.destroy());
  incoming.pipe(onward);
}

/** 411 for an upload without a length, because the signature covers it. 403 for another signature, or a late one. */
function whyRefused({ method = '', url = '', headers }: IncomingMessage, store: UploadStore) {
  if (method !== 'GET' && method !== 'PUT') return 405;
  if (method === 'PUT' && headers['content-length'] === undefined) return 411;
  const { bucket, region, credentials } = store;
  const plain = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join() : value]),
  );
  const arrived = { method, host: bucketHost(bucket, region), url, headers: plain };
  return isGenuine(credentials, arrived, asInstant(Date.now())) ? undefined : 403;
}

function end(response: ServerResponse, status: number): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' });
  response.end(`${status}\n`);
}
