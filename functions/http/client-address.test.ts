import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { clientAddresses } from './client-address.ts';

const KEY = 'a key that only the front and we know';
const GATEWAY_SAW = '192.0.2.1';
const event = (headers: Record<string, string>) =>
  ({ headers, requestContext: { http: { sourceIp: GATEWAY_SAW } } }) as unknown as APIGatewayProxyEventV2;
const from = (key: string | undefined, address: string | undefined) =>
  event({
    ...(key !== undefined && { 'x-pupero-edge-key': key }),
    ...(address !== undefined && { 'x-pupero-client-address': address }),
  });

test.each(['198.51.100.7', '2001:db8::7', '::ffff:198.51.100.7'])(
  'trusts the address %s of a front with the right key',
  (address) => expect(clientAddresses(KEY)(from(KEY, address))).toBe(address),
);

test.each([
  ['no key', undefined, '198.51.100.7'],
  ['an empty key', '', '198.51.100.7'],
  ['a wrong key', `${KEY}!`, '198.51.100.7'],
  ['a wrong key as long', KEY.replace('a', 'b'), '198.51.100.7'],
  ['the key and no address', KEY, undefined],
  ['the key and no address at all', KEY, 'localhost'],
  ['the key and two addresses', KEY, '198.51.100.7, 198.51.100.8'],
  ['the key and an address with its port', KEY, '198.51.100.7:443'],
])('uses the address that the gateway saw: %s', (_, key, address) => {
  expect(clientAddresses(KEY)(from(key, address))).toBe(GATEWAY_SAW);
});

test('trusts no front if no key is set', () => {
  for (const key of ['undefined', '', KEY])
    expect(clientAddresses(undefined)(from(key, '198.51.100.7'))).toBe(GATEWAY_SAW);
});
