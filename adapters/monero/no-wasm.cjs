// Replaces monero-ts' WebAssembly (2.5 MB) in the bundles, because the used parts of monero-ts do not need it.
module.exports = () => {
  throw new Error('monero-ts asks for its WebAssembly, which is not in this bundle');
};
