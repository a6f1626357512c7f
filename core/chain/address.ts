import { ed25519 } from '@noble/curves/ed25519.js';
import { keccak_256 } from '@noble/hashes/sha3.js';
import { base58xmr } from '@scure/base';
import { ADDRESS_PREFIXES, type AddressKind, type Network } from './networks.ts';

export type MoneroAddress = {
  kind: AddressKind;
  /**
   * All encodings of these keys without a payment id. The owner is looked up by each of them. The reason: coins sent to
   * the keys of a subaddress, encoded as a standard address, are never found by the wallet.
   */
  spellings: readonly string[];
};

const CHECKSUM_BYTES = 4;
/** Prefix, public spend key, public view key. An integrated address has 8 more bytes, its payment id. */
const KEYS_BYTES = 1 + 32 + 32;
const PAYMENT_ID_BYTES = 8;

/**
 * Parses a Monero address offline: alphabet, length, checksum, network, and whether its keys are valid points.
 *
 * @returns the address; `invalid_address` for a text that is an address on no network; `wrong_network` for an address
 *   of another network
 */
export function parseAddress(
  text: string,
  network: Network,
): MoneroAddress | 'invalid_address' | 'wrong_network' {
  const content = contentOf(text);
  if (!content) return 'invalid_address';
  const kind = kindOf(content, network);
  if (kind && !keysOf(content).every(isPublicKey)) return 'invalid_address';
  if (kind) return { kind, spellings: spellingsOf(content.subarray(1, KEYS_BYTES), network) };
  const known = (Object.keys(ADDRESS_PREFIXES) as Network[]).some((other) => kindOf(content, other));
  return known ? 'wrong_network' : 'invalid_address';
}

/** The decoded bytes without the checksum; `undefined` if the text is not their canonical encoding. */
function contentOf(text: string): Uint8Array | undefined {
  try {
    const bytes = base58xmr.decode(text);
    const content = bytes.subarray(0, -CHECKSUM_BYTES);
    return encode(content) === text ? content : undefined;
  } catch {
    return undefined;
  }
}

function encode(content: Uint8Array): string {
  const checksum = keccak_256(content).subarray(0, CHECKSUM_BYTES);
  return base58xmr.encode(Uint8Array.of(...content, ...checksum));
}

function kindOf(content: Uint8Array, network: Network): AddressKind | undefined {
  const kinds = Object.entries(ADDRESS_PREFIXES[network]) as [AddressKind, number][];
  const [kind] = kinds.find(([, prefix]) => prefix === content[0]) ?? [];
  const bytes = kind === 'integrated' ? KEYS_BYTES + PAYMENT_ID_BYTES : KEYS_BYTES;
  return content.length === bytes ? kind : undefined;
}

const KEY_BYTES = 32;
const keysOf = (content: Uint8Array) =>
  [1, 1 + KEY_BYTES].map((from) => content.subarray(from, from + KEY_BYTES));

/**
 * Whether a key can have a secret: it is a point of the prime-order subgroup. wallet-rpc accepts every point of the
 * curve, and then fails at some tries to build the payment, or pays to a key that nobody can have.
 */
function isPublicKey(key: Uint8Array): boolean {
  try {
    const point = ed25519.Point.fromBytes(key);
    return point.isTorsionFree() && !point.is0();
  } catch {
    return false;
  }
}

function spellingsOf(keys: Uint8Array, network: Network): string[] {
  const { standard, subaddress } = ADDRESS_PREFIXES[network];
  return [standard, subaddress].map((prefix) => encode(Uint8Array.of(prefix, ...keys)));
}
