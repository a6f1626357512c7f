import type { AttachmentId } from '#core/ids.ts';
import { ATTACHMENT_WAITS_MS } from '#core/talk/limits.ts';
import type { Pictures } from '#core/talk/ports.ts';
import { asInstant, type Clock, type Instant, MINUTE_MS, SECOND_MS } from '#core/time.ts';
import { Unavailable } from '#core/unavailable.ts';
import { type Credentials, presigned, type Signing } from './presigned.ts';

/** The keys of the bucket are paths of the site, so that its front passes them on unchanged. */
const originalPath = (id: AttachmentId) => `/uploads/originals/${id}`;
const picturePath = (id: AttachmentId) => `/uploads/pictures/${id}`;

/** An address is signed for the beginning of an interval and valid for two, so for at least one. */
const ADDRESS_INTERVAL_MS = 5 * MINUTE_MS;
const TIMEOUT_MS = 10 * SECOND_MS;
const OWN_REQUEST_SECONDS = 60;

/** A missing object is a 403 for a role that may not list the bucket. */
const MISSING = [403, 404];

/** The host of a bucket, which the signatures of public addresses cover. The front sends it to S3 as `Host`. */
export const bucketHost = (bucket: string, region: string) => `${bucket}.s3.${region}.amazonaws.com`;

type Settings = {
  bucket: string;
  /** Such as `https://pupero.example`. */
  siteOrigin: string;
  /** Of a client of the SDK, because it renews the credentials of a role. */
  sdk: { credentials: () => Promise<Credentials>; region: () => Promise<string> };
  /** Of another engine than AWS, which has the bucket in its path. */
  endpoint: string | undefined;
  clock: Clock;
};

/**
 * Pictures in a bucket of S3. The addresses for clients are on the site's own origin, whose front passes `/uploads/` on.
 * Requests of its own are presigned too, because the SDK's client would triple the size of a function.
 */
export function s3Pictures({ bucket, siteOrigin, sdk, endpoint, clock }: Settings): Pictures {
  type Request = Pick<Signing, 'method' | 'path' | 'headers' | 'expiresSeconds'>;

  /** Signs requests to the bucket as clients see it. */
  async function signer(now: Instant) {
    const [credentials, region] = await Promise.all([sdk.credentials(), sdk.region()]);
    const host = bucketHost(bucket, region);
    return (request: Request) => `${siteOrigin}${presigned(credentials, { ...request, host, region }, now)}`;
  }

  async function send(
    method: Signing['method'],
    path: string,
    init: Pick<RequestInit, 'body' | 'headers'> = {},
  ) {
    const [credentials, region] = await Promise.all([sdk.credentials(), sdk.region()]);
    const base = new URL(
      endpoint === undefined ? `https://${bucketHost(bucket, region)}` : `${endpoint}/${bucket}`,
    );
    const signing = {
      method,
      host: base.host,
      path: `${base.pathname.replace(/\/$/, '')}${path}`,
      region,
      expiresSeconds: OWN_REQUEST_SECONDS,
    };
    const url = `${base.origin}${presigned(credentials, signing, clock.now())}`;
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const answer = await fetch(url, { method, signal, ...init }).catch((cause: unknown) => {
      throw new Unavailable('storage', 'the store of pictures does not answer', { cause });
    });
    if (answer.ok || MISSING.includes(answer.status)) return answer;
    throw new Unavailable('storage', `the store of pictures answered ${answer.status} to ${method}`);
  }

  const remove = async (path: string) => void (await (await send('DELETE', path)).arrayBuffer());

  return {
    async upload({ id, contentType, bytes }, now) {
      const sign = await signer(now);
      const headers = { 'content-type': contentType };
      const uploadUrl = sign({
        method: 'PUT',
        path: originalPath(id),
        // Clients send the length by themselves, and S3 refuses another one.
        headers: { ...headers, 'content-length': `${bytes}` },
        expiresSeconds: ATTACHMENT_WAITS_MS / SECOND_MS,
      });
      return { uploadUrl, headers };
    },

    async addresses(now) {
      const sign = await signer(asInstant(now - (now % ADDRESS_INTERVAL_MS)));
      const expiresSeconds = (2 * ADDRESS_INTERVAL_MS) / SECOND_MS;
      return (id) => sign({ method: 'GET', path: picturePath(id), expiresSeconds });
    },

    async original(id) {
      const answer = await send('GET', originalPath(id));
      const body = new Uint8Array(await answer.arrayBuffer());
      return answer.ok ? body : undefined;
    },

    async keep(id, picture, contentType) {
      const headers = { 'content-type': contentType, 'content-disposition': 'attachment' };
      const answer = await send('PUT', picturePath(id), { body: Buffer.from(picture), headers });
      if (!answer.ok)
        throw new Unavailable('storage', `the store of pictures answered ${answer.status} to PUT`);
    },

    removeOriginal: (id) => remove(originalPath(id)),
    remove: (id) => remove(picturePath(id)),
  };
}
