import { ed25519 } from '@noble/curves/ed25519.js';
import { keccak_256 } from '@noble/hashes/sha3.js';
import { base58xmr } from '@scure/base';
import fc from 'fast-check';
import { type MoneroAddress, parseAddress } from './address.ts';
import { ADDRESS_PREFIXES, NETWORKS } from './networks.ts';

// The Monero project's donation addresses, and an integrated one made by wallet-rpc 0.18 from the third.
const STANDARD =
  '44AFFq5kSiGBoZ4NMDwYtN18obc8AemS33DBLWs3H7otXft3XjrpDtQGv7SqSsaBYBb98uNbr2VBBEt7f2wfn3RVGQBEP3A';
const SUBADDRESS =
  '888tNkZrPN6JsEgekjMnABU4TBzc2Dt29EPAvkRxbANsAnjyPbb3iQ1YBRk1UXcdRsiKc9dhwMVgN5S9cQUiyoogDavup3H';
const BASE =
  '4BDMr2BjVa8QrVWtyw1TQt965mssKtHXcSv6pPnPRXJcQ4kTN8HQiQDZ9r3ZpNYUd6TF3Qk4EHuTt5A9Uay35GshSc7i7wm';
const INTEGRATED =
  '4Lv2rq1E6qeQrVWtyw1TQt965mssKtHXcSv6pPnPRXJcQ4kTN8HQiQDZ9r3ZpNYUd6TF3Qk4EHuTt5A9Uay35GsheoXXC1nBo1vU2GHQ3k';

const encode = (content: Uint8Array) =>
  base58xmr.encode(Uint8Array.of(...content, ...keccak_256(content).subarray(0, 4)));

const GOOD = ed25519.Point.BASE;
/** Two valid keys, so that only the rest of an address can be wrong. */
const KEYS = [...GOOD.toBytes(), ...GOOD.toBytes()];

test('addresses of the real world are read', () => {
  expect(parseAddress(STANDARD, 'mainnet')).toMatchObject({ kind: 'standard' });
  expect(parseAddress(SUBADDRESS, 'mainnet')).toMatchObject({ kind: 'subaddress' });
  expect(parseAddress(SUBADDRESS, 'regtest')).toMatchObject({ kind: 'subaddress' });
});

test('the same keys have the same spellings, so that one’s own is known in any dress', () => {
  const spellings = (text: string) => (parseAddress(text, 'regtest') as MoneroAddress).spellings;
  expect(spellings(INTEGRATED)).toContain(BASE);
  expect(spellings(INTEGRATED)).toEqual(spellings(BASE));
  for (const address of [STANDARD, SUBADDRESS]) {
    expect(spellings(address)).toContain(address);
    for (const other of spellings(address)) expect(spellings(other)).toEqual(spellings(address));
  }
});

test.each([
  ['nothing', ''],
  ['a word', 'monero'],
  ['a letter that base58 lacks', STANDARD.replace('B', '0')],
  ['a letter changed', `${STANDARD.slice(0, -1)}B`],
  ['a letter less', STANDARD.slice(0, -1)],
  ['a letter more', `${STANDARD}1`],
  ['a blank before it', ` ${STANDARD}`],
  ['a blank behind it', `${STANDARD} `],
  ['an unknown prefix', encode(Uint8Array.of(99, ...KEYS))],
  ['too short for its kind', encode(Uint8Array.of(18, ...KEYS.slice(0, -1)))],
  ['too long for its kind', encode(Uint8Array.of(18, ...KEYS, 7))],
  ['a payment id on a subaddress', encode(Uint8Array.of(42, ...KEYS, ...Array(8).fill(7)))],
  ['an integrated one without payment id', encode(Uint8Array.of(19, ...KEYS))],
  ['only a checksum', encode(new Uint8Array())],
  ['another coin’s', '1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa'],
])('%s is no address', (_, text) => {
  expect(parseAddress(text, 'mainnet')).toBe('invalid_address');
});

const aKey = fc
  .tuple(fc.bigInt({ min: 1n, max: 2n ** 250n }), fc.bigInt({ min: 1n, max: 2n ** 250n }))
  .map((secrets) => secrets.flatMap((secret) => [...ed25519.Point.BASE.multiply(secret).toBytes()]));
const aNetwork = fc.constantFrom(...NETWORKS);
const aKind = fc.constantFrom('standard', 'subaddress', 'integrated' as const);

test('every network’s addresses are its own; only regtest and mainnet share theirs', () => {
  fc.assert(
    fc.property(aKey, aNetwork, aNetwork, aKind, (keys, network, other, kind) => {
      const paymentId = kind === 'integrated' ? Array(8).fill(1) : [];
      const address = encode(Uint8Array.of(ADDRESS_PREFIXES[network][kind], ...keys, ...paymentId));
      expect(parseAddress(address, network)).toMatchObject({ kind });
      const shared = ADDRESS_PREFIXES[network].standard === ADDRESS_PREFIXES[other].standard;
      if (!shared) expect(parseAddress(address, other)).toBe('wrong_network');
    }),
    { numRuns: 30 },
  );
});

test.each([
  ['no point', new Uint8Array(32).fill(255)],
  ['zero', ed25519.Point.ZERO.toBytes()],
  ['a point of order 4', new Uint8Array(32)],
  ['a point beside the subgroup', GOOD.add(ed25519.Point.fromBytes(new Uint8Array(32))).toBytes()],
])('%s is no key, on either place', (_, key) => {
  const good = GOOD.toBytes();
  expect(parseAddress(encode(Uint8Array.of(42, ...good, ...good)), 'mainnet')).toMatchObject({
    kind: 'subaddress',
  });
  expect(parseAddress(encode(Uint8Array.of(42, ...key, ...good)), 'mainnet')).toBe('invalid_address');
  expect(parseAddress(encode(Uint8Array.of(42, ...good, ...key)), 'mainnet')).toBe('invalid_address');
});

test('no letter of an address can be changed', () => {
  fc.assert(
    fc.property(fc.nat(STANDARD.length - 1), fc.constantFrom(...'123456789ABCDEFGHJKLMNPQ'), (at, letter) => {
      const changed = STANDARD.slice(0, at) + letter + STANDARD.slice(at + 1);
      fc.pre(changed !== STANDARD);
      expect(parseAddress(changed, 'mainnet')).toBe('invalid_address');
    }),
  );
});

test('whatever the text, it is read without an exception', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 256 }), (text) => {
      expect(parseAddress(text, 'mainnet')).toBe('invalid_address');
    }),
  );
});
