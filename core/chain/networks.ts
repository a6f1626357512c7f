/** `regtest` is a private chain with mainnet's addresses and rules. The sandbox and the tests use it. */
export const NETWORKS = ['regtest', 'testnet', 'stagenet', 'mainnet'] as const;
export type Network = (typeof NETWORKS)[number];

export type AddressKind = 'standard' | 'integrated' | 'subaddress';

const MAINNET = { standard: 18, integrated: 19, subaddress: 42 };

/** First byte of an address (monero: src/cryptonote_config.h, CRYPTONOTE_PUBLIC_*_ADDRESS_BASE58_PREFIX). */
export const ADDRESS_PREFIXES: Record<Network, Record<AddressKind, number>> = {
  mainnet: MAINNET,
  regtest: MAINNET,
  testnet: { standard: 53, integrated: 54, subaddress: 63 },
  stagenet: { standard: 24, integrated: 25, subaddress: 36 },
};
