import { asInstant, later } from '#core/time.ts';
import { isGenuine, presigned, type Signing } from './presigned.ts';

/** The example of AWS in "Authenticating Requests: Using Query Parameters (AWS Signature Version 4)". */
const CREDENTIALS = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
};
const NOW = asInstant(Date.parse('2013-05-24T00:00:00Z'));
const EXAMPLE: Signing = {
  method: 'GET',
  host: 'examplebucket.s3.amazonaws.com',
  path: '/test.txt',
  region: 'us-east-1',
  expiresSeconds: 86_400,
};

test('signs the example of AWS as AWS does', () => {
  const signed = presigned(CREDENTIALS, EXAMPLE, NOW);
  expect(signed).toContain(
    '&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404',
  );
  expect(signed).toContain(
    'X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request',
  );
});

const upload: Signing = {
  ...EXAMPLE,
  method: 'PUT',
  headers: { 'content-type': 'image/png', 'content-length': '70' },
  expiresSeconds: 60,
};
const url = presigned(CREDENTIALS, upload, NOW);
const arrived = { method: 'PUT', host: upload.host, url, headers: upload.headers! };

test('takes the signed request until it expires', () => {
  expect(isGenuine(CREDENTIALS, arrived, NOW)).toBe(true);
  expect(isGenuine(CREDENTIALS, arrived, later(NOW, 59_999))).toBe(true);
  expect(isGenuine(CREDENTIALS, arrived, later(NOW, 60_000))).toBe(false);
  const session = { ...CREDENTIALS, sessionToken: 'a/token+' };
  const signed = presigned(session, upload, NOW);
  expect(isGenuine(CREDENTIALS, { ...arrived, url: signed }, NOW)).toBe(true);
});

test.each([
  ['another method', { method: 'GET' }],
  ['another host', { host: 'other.s3.amazonaws.com' }],
  ['another object', { url: url.replace('test.txt', 'test.txu') }],
  ['another type', { headers: { ...arrived.headers, 'content-type': 'text/html' } }],
  ['another length', { headers: { ...arrived.headers, 'content-length': '71' } }],
  ['no length', { headers: { 'content-type': 'image/png' } }],
  ['a longer life', { url: url.replace('Expires=60', 'Expires=600') }],
  ['another date', { url: url.replace('20130524T000000Z', '20130524T000001Z') }],
  ['fewer signed headers', { url: url.replace('content-length%3B', '') }],
  ['one more parameter', { url: `${url}&response-content-type=text%2Fhtml` }],
  ['another signature', { url: `${url.slice(0, -1)}x` }],
  ['a short signature', { url: url.slice(0, -1) }],
  ['no signature', { url: '/test.txt' }],
  ['a signature of nothing', { url: '/test.txt?X-Amz-Signature=aa&X-Amz-Date=x&X-Amz-Credential=x' }],
])('refuses a request with %s', (_, changes) => {
  expect(isGenuine(CREDENTIALS, { ...arrived, ...changes }, NOW)).toBe(false);
});

test('refuses the signature of another key', () => {
  expect(isGenuine({ ...CREDENTIALS, secretAccessKey: 'other' }, arrived, NOW)).toBe(false);
});
