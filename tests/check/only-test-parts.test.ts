import { refuseOtherTables, refuseRealMoney } from '#tests/helpers/only-test-parts.ts';
import { theSandbox } from '#tests/helpers/sandbox.ts';

test.each(['pupero-local-ledger', 'pupero-dev-ledger', 'pupero-latest-ledger', ''])(
  'the tests refuse the table %j',
  (name) => {
    expect(() => refuseOtherTables(['pupero-test-1-ledger', name])).toThrow("Not a test's table");
  },
);

test('the tests refuse mainnet and an unknown network', () => {
  for (const network of ['mainnet', '', undefined])
    expect(() => refuseRealMoney(network)).toThrow('never on');
  for (const network of ['regtest', 'stagenet', 'testnet']) refuseRealMoney(network);
});

test('a suite without a sandbox tells its command', () => {
  expect(() => theSandbox({})).toThrow('npm test -- --only');
});
