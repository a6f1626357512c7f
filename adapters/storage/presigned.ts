import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { type Instant, later, SECOND_MS } from '#core/time.ts';

export type Credentials = { accessKeyId: string; secretAccessKey: string; sessionToken?: string | undefined };

export type Signing = {
  method: 'GET' | 'PUT' | 'DELETE';
  /** The host of the bucket, which the signature covers. */
  host: string;
  /** The key of the object with a slash before it. It needs no percent-encoding. */
  path: string;
  region: string;
  /** The headers that the request must have, in lower case. `host` is added. */
  headers?: Record<string, string>;
  query?: Record<string, string>;
  expiresSeconds: number;
};

const ALGORITHM = 'AWS4-HMAC-SHA256';

/** RFC 3986: AWS also encodes the five signs that `encodeURIComponent` leaves. */
const encoded = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

const queryOf = (query: Record<string, string>) =>
  Object.entries(query)
    .map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
    .sort()
    .join('&');

const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();

/** Signature Version 4 in the query, with an unsigned body (AWS, "Authenticating Requests: Using Query Parameters"). */
function signatureOf(
  { secretAccessKey }: Pick<Credentials, 'secretAccessKey'>,
  request: { method: string; path: string; query: Record<string, string>; headers: Record<string, string> },
): string {
  const { method, path, query, headers } = request;
  const names = Object.keys(headers).sort();
  const canonical = [
    method,
    path,
    queryOf(query),
    ...names.map((name) => `${name}:${headers[name]}`),
    '',
    names.join(';'),
    'UNSIGNED-PAYLOAD',
  ].join('\n');
  const [, day = '', region = '', service = '', end = ''] = query['X-Amz-Credential']!.split('/');
  const scope = [day, region, service, end].join('/');
  const digest = createHash('sha256').update(canonical).digest('hex');
  const text = [ALGORITHM, query['X-Amz-Date'], scope, digest].join('\n');
  const key = [region, service, end].reduce(
    (made, part) => hmac(made, part),
    hmac(`AWS4${secretAccessKey}`, day),
  );
  return hmac(key, text).toString('hex');
}

/** Path and query of a request to S3 that anybody may send until it expires. */
export function presigned(credentials: Credentials, signing: Signing, now: Instant): string {
  const { method, host, path, region, headers = {}, expiresSeconds } = signing;
  const date = new Date(now).toISOString().replace(/[-:]|\.\d+/g, '');
  const signed = { ...headers, host };
  const query = {
    ...signing.query,
    'X-Amz-Algorithm': ALGORITHM,
    'X-Amz-Credential': `${credentials.accessKeyId}/${date.slice(0, 8)}/${region}/s3/aws4_request`,
    'X-Amz-Date': date,
    'X-Amz-Expires': `${expiresSeconds}`,
    ...(credentials.sessionToken && { 'X-Amz-Security-Token': credentials.sessionToken }),
    'X-Amz-SignedHeaders': Object.keys(signed).sort().join(';'),
  };
  const signature = signatureOf(credentials, { method, path, query, headers: signed });
  return `${path}?${queryOf(query)}&X-Amz-Signature=${signature}`;
}

/** A request as it arrived. */
type Arrived = { method: string; host: string; url: string; headers: Record<string, string | undefined> };

/** Whether a presigned request is genuine and has not expired, as S3 decides. */
export function isGenuine(
  credentials: Credentials,
  { method, host, url, headers }: Arrived,
  now: Instant,
): boolean {
  const { pathname, searchParams } = new URL(url, 'http://bucket');
  const { 'X-Amz-Signature': signature = '', ...query } = Object.fromEntries(searchParams);
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(query['X-Amz-Date'] ?? '') ?? [];
  const signedAt = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`) as Instant;
  const isFresh = now < later(signedAt, Number(query['X-Amz-Expires']) * SECOND_MS);
  if (!isFresh || query['X-Amz-Algorithm'] !== ALGORITHM || !query['X-Amz-Credential']) return false;
  const names = (query['X-Amz-SignedHeaders'] ?? '').split(';');
  const signed = Object.fromEntries(
    names.map((name) => [name, name === 'host' ? host : (headers[name] ?? '')]),
  );
  const expected = Buffer.from(signatureOf(credentials, { method, path: pathname, query, headers: signed }));
  const given = Buffer.from(signature);
  return names.includes('host') && given.length === expected.length && timingSafeEqual(given, expected);
}
