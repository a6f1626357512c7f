import { readConfig, throttleIsOn } from './config.ts';

test('every variable that is missing or wrong is named, and no value repeated', () => {
  const environment = {
    STAGE: 'test',
    SITE_ORIGIN: 'not a url',
    TOTP_KEY: 'c2VjcmV0',
    MONERO_NETWORK: 'moon',
  };
  const read = () =>
    readConfig(['STAGE', 'SITE_ORIGIN', 'TOTP_KEY', 'MONERO_NETWORK', 'LEDGER_TABLE'], environment);
  expect(read).toThrow(
    /SITE_ORIGIN .*; TOTP_KEY must be 32 bytes.*; MONERO_NETWORK .*; LEDGER_TABLE is missing/,
  );
  expect(read).not.toThrow(/c2VjcmV0/);
});

test('what is right is read', () => {
  expect(readConfig(['STAGE'], { STAGE: 'test' })).toEqual({ STAGE: 'test' });
});

test('what is optional may be missing, and is still checked', () => {
  expect(readConfig(['EDGE_KEY'], {})).toEqual({ EDGE_KEY: undefined });
  expect(readConfig(['EDGE_KEY'], { EDGE_KEY: '' })).toEqual({ EDGE_KEY: undefined });
  expect(() => readConfig(['EDGE_KEY'], { EDGE_KEY: 'short' })).toThrow('EDGE_KEY');
});

test('on mainnet, every function wants to hear that real money is meant', () => {
  const environment = { STAGE: 'live', MONERO_NETWORK: 'mainnet' };
  for (const I_ACCEPT_REAL_MONEY of [undefined, '', 'no', 'YES', 'true'])
    expect(() => readConfig(['STAGE'], { ...environment, I_ACCEPT_REAL_MONEY })).toThrow(
      /I_ACCEPT_REAL_MONEY must be yes, as MONERO_NETWORK is mainnet/,
    );
  expect(readConfig(['STAGE'], { ...environment, I_ACCEPT_REAL_MONEY: 'yes' })).toEqual({ STAGE: 'live' });
});

test('tries are counted unless a sandbox says otherwise', () => {
  expect(throttleIsOn({ MONERO_NETWORK: 'stagenet' })).toBe(true);
  expect(throttleIsOn({ MONERO_NETWORK: 'regtest', THROTTLE: 'on' })).toBe(true);
  expect(throttleIsOn({ MONERO_NETWORK: 'regtest', THROTTLE: 'off' })).toBe(false);
  expect(() => throttleIsOn({ MONERO_NETWORK: 'stagenet', THROTTLE: 'off' })).toThrow('regtest only');
  expect(() => throttleIsOn({ MONERO_NETWORK: 'regtest', THROTTLE: 'no' })).toThrow('THROTTLE');
});
