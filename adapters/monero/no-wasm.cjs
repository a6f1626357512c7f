// Stands in the bundles for monero-ts' WebAssembly (2.5 MB): nothing that is used of monero-ts needs it.
module.exports = () => {
  throw new Error('monero-ts asks for its WebAssembly, which is not in this bundle');
};
