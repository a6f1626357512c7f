import { madeUpAddress } from '#adapters/memory/house-wallet.ts';
import { networkMismatch } from './network-mismatch.ts';
import { ADDRESS_PREFIXES, NETWORKS, type Network } from './networks.ts';

/** The primary address of a wallet of this network. */
const addressOn = (network: Network) => madeUpAddress(1, ADDRESS_PREFIXES[network].standard);
const pairs = NETWORKS.flatMap((ours) => NETWORKS.map((theirs) => [ours, theirs] as const));
const shareAddresses = (...networks: Network[]) => new Set(networks.map(addressOn)).size === 1;

test.each(NETWORKS)('node and wallet of %s are accepted there', (network) => {
  const walletAddress = addressOn(network);
  expect(networkMismatch(network, { nodeNetwork: network, walletAddress })).toBeUndefined();
});

test.each(pairs.filter(([ours, theirs]) => ours !== theirs))(
  'with %s configured, a node of %s is named, also beside a wallet of its network',
  (ours, theirs) => {
    for (const walletAddress of [addressOn(ours), addressOn(theirs)])
      expect(networkMismatch(ours, { nodeNetwork: theirs, walletAddress })).toBe('node');
  },
);

test.each(pairs.filter((pair) => !shareAddresses(...pair)))(
  'with %s configured, a wallet of %s is named',
  (ours, theirs) => {
    expect(networkMismatch(ours, { nodeNetwork: ours, walletAddress: addressOn(theirs) })).toBe('wallet');
  },
);

test('a wallet of mainnet is taken for one of regtest, because their addresses are the same', () => {
  const walletAddress = addressOn('mainnet');
  expect(networkMismatch('regtest', { nodeNetwork: 'regtest', walletAddress })).toBeUndefined();
});

test('a wallet without a valid address is named', () => {
  expect(networkMismatch('regtest', { nodeNetwork: 'regtest', walletAddress: '' })).toBe('wallet');
});
