/** In the place of monero-ts' own wallet (2.5 MB of WebAssembly): ours is monero-wallet-rpc's, which needs none. */
module.exports = () => {
  throw new Error('monero-ts was asked for its WebAssembly wallet, which is left out of the bundles');
};
