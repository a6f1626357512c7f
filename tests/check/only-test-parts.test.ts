import { refuseOtherTables, refuseRealMoney } from '#tests/helpers/only-test-parts.ts';
import { theSandbox } from '#tests/helpers/sandbox.ts';

test.each(['pupero-local-ledger', 'pupero-dev-ledger', 'pupero-latest-ledger', ''])(
  'the tests refuse the table %j',
  (name) => {
    expect(() => refuseOtherTables(['pupero-test-1-ledger', name])).toThrow("Not a test's table");
  },
);

test('the tests refuse Monero with a price, and a network that is not named', () => {
  for (const network of ['mainnet', '', undefined])
    expect(() => refuseRealMoney(network)).toThrow('never on');
  for (const network of ['regtest', 'stagenet', 'testnet']) refuseRealMoney(network);
});

test('without a sandbox a suite says how it is run', () => {
  expect(() => theSandbox({})).toThrow('npm test -- --only');
});
