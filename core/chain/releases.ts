/** First release without known faults, by wallet-rpc's interface version (`get_version`: 65536 x major + minor). */
const GOOD_FROM = { interfaceVersion: 65_564, release: '0.18.4' };

/**
 * Faults of releases before 0.18.4, as seen on 0.18.0.0 (Debian 12). docs/production.md explains them and says which
 * ones 0.18.4 still has. None of them affects payments or deposits. tests/ports/monero-contract.test.ts shows most of
 * them.
 *
 * `transfer` loops for ever at one height of a young chain, because two counts of its decoys differ by a block:
 * https://github.com/monero-project/monero/pull/8801. With one output a block that is at 86 blocks (75 to 103 tried).
 */
export const FAULTS_BEFORE_0_18_4: readonly string[] = [
  'check_reserve_proof counts an output again each time that the proof lists it',
  'subtract_fee_from_outputs is ignored, so that the fee comes on top',
  'scan_tx adds a second entry of amount 0 for an output that the wallet knows',
  'a reply of over 130,890 bytes is cut where the client closes the connection',
  'transfer is never answered on a chain of 86 blocks, nor is a later call until wallet-rpc is started again',
  'after a crash the wallet has forgotten what it relayed, and counts its coins as unspent until it is mined',
];

/**
 * The known faults of this wallet-rpc in one line; `undefined` when there are none.
 *
 * @param interfaceVersion the answer of its `get_version`
 */
export function oldMoneroWarning(interfaceVersion: number): string | undefined {
  if (interfaceVersion >= GOOD_FROM.interfaceVersion) return undefined;
  return `monero-wallet-rpc is older than ${GOOD_FROM.release}, and known to be wrong: ${FAULTS_BEFORE_0_18_4.join('; ')}.`;
}
