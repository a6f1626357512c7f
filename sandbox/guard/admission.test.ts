import type { IncomingMessage } from 'node:http';
import { admit, type Guard } from './admission.ts';

const key = 'k'.repeat(43);
const guard: Guard = {
  siteOrigin: 'http://localhost:5000',
  allowedHosts: ['box.local', 'localhost:5173', 'named.test:8000'],
  key,
  needsKey: false,
  hasPages: false,
};
type Headers = Record<string, string>;
const request = (headers: Headers, { url = '/', method = 'GET', localAddress = '127.0.0.1' } = {}) =>
  ({
    url,
    method,
    headers: { host: 'localhost:8000', ...headers },
    socket: { localAddress },
  }) as unknown as IncomingMessage;
const by = (headers: Headers, more = {}, by: Partial<Guard> = {}) => {
  const admission = admit(request(headers, more), { ...guard, ...by });
  return 'by' in admission ? admission.by : 'nobody';
};

test.each([
  'localhost',
  'localhost:8000',
  'LOCALHOST:8000',
  '127.0.0.1:8000',
  '127.9.9.9',
  '[::1]:8000',
  'box.local:1234',
  'named.test:8000',
])('takes the host %s', (host) => expect(by({ host })).toBe('local'));

test.each([
  'evil.example',
  'evil.example:8000',
  'localhost.evil.example',
  '127.0.0.1.evil.example',
  'evil.example@localhost',
  'named.test:8001',
  '10.0.0.7:8000',
  '0.0.0.0:8000',
  'a b',
  '[',
  '',
])('refuses the host %j', (host) => expect(by({ host })).toBe('nobody'));

test('takes the address that the connection came to as its host', () => {
  expect(by({ host: '10.0.0.7:8000' }, { localAddress: '10.0.0.7' })).toBe('local');
  expect(by({ host: '10.0.0.7:8000' }, { localAddress: '::ffff:10.0.0.7' })).toBe('local');
  expect(by({ host: '[fd00::7]:8000' }, { localAddress: 'fd00::7' })).toBe('local');
});

test("takes the host of the site's origin", () => {
  const deployed = { siteOrigin: 'https://pupero.test' };
  expect(by({ host: 'pupero.test', origin: 'https://pupero.test' }, {}, deployed)).toBe('local');
});

test.each([
  ['of the port itself', 'http://localhost:8000'],
  ['of the site', 'http://localhost:5000'],
  ['of the site by another name of this machine', 'http://127.0.0.1:5000'],
  ['of a host on the list', 'http://box.local'],
  ['of a host with its port on the list', 'http://localhost:5173'],
])('takes a page %s', (_, origin) => expect(by({ origin })).toBe('local'));

test.each([
  'http://evil.example',
  'http://localhost:3000',
  'http://127.0.0.1:8000',
  'https://localhost:5000',
  'http://localhost.evil.example:8000',
  'null',
  'file://',
  'chrome-extension://abcdef',
  '',
])('refuses a page of %j', (origin) => expect(by({ origin })).toBe('nobody'));

const visit = { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };
test.each(['cross-site', 'same-site'])('refuses what a %s page loads without an Origin', (site) => {
  expect(by({ 'sec-fetch-site': site })).toBe('nobody');
  expect(by({ 'sec-fetch-site': site, ...visit })).toBe('nobody');
});

test('takes what a page loads from its own port, and what a person types', () => {
  for (const site of ['same-origin', 'none']) expect(by({ 'sec-fetch-site': site })).toBe('local');
});

test('people may follow a link to a page, and no more than that', () => {
  const linked = (headers: Headers, method = 'GET') =>
    by({ 'sec-fetch-site': 'cross-site', ...headers }, { method }, { hasPages: true });
  expect(linked(visit)).toBe('local');
  expect(linked({ ...visit, 'sec-fetch-dest': 'iframe' })).toBe('nobody');
  expect(linked(visit, 'POST')).toBe('nobody');
  expect(linked({ 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image' })).toBe('nobody');
});

test.each([
  [`/${key}`, '/'],
  [`/${key}/`, '/'],
  [`/${key}/json_rpc?a=b`, '/json_rpc?a=b'],
  [`/${key}?a=b`, '/?a=b'],
])('who has the key is one of ours, and it is taken off the path: %s', (url, rest) => {
  const foreign = request({ host: 'evil.example', origin: 'http://evil.example' }, { url });
  expect(admit(foreign, { ...guard, needsKey: true })).toEqual({ by: 'key' });
  expect(foreign.url).toBe(rest);
});

test.each([`/${'x'.repeat(43)}/`, `/${key}more/`, `/${key.slice(1)}/`, `//${key}/`, '/'])(
  'another key is none: %s',
  (url) => expect(by({}, { url }, { needsKey: true })).toBe('nobody'),
);

test("the site server's header is a key as well", () => {
  expect(by({ host: 'evil.example', 'x-pupero-edge-key': key })).toBe('key');
  expect(by({ host: 'evil.example', 'x-pupero-edge-key': 'x' })).toBe('nobody');
  expect(by({ host: 'evil.example', 'x-pupero-edge-key': '' }, {}, { key: undefined })).toBe('nobody');
});
