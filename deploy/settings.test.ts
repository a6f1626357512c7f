import { checkSettings } from './settings.ts';

const told = {
  MONERO_NODE_URL: 'http://10.37.10.10:28081',
  MONERO_WALLET_RPC_URL: 'http://10.37.10.10:28083',
};
const certificate = 'arn:aws:acm:us-east-1:1:certificate/x';

test.each([
  [{ ...told, MONERO_NETWORK: 'regtest' }, /MONERO_NETWORK: regtest is not possible on AWS/],
  [{ ...told, SITE_ORIGIN: 'http://localhost:5000' }, /SITE_ORIGIN: is for emulators/],
  [
    { ...told, PUPERO_SCHEDULES: 'false', PUPERO_EDGE: 'none' },
    /PUPERO_SCHEDULES: .*\n {2}PUPERO_EDGE: is for/,
  ],
  [{}, /MONERO_NODE_URL: missing; must be an http.*\n {2}MONERO_WALLET_RPC_URL: missing; must be an http/],
  [
    { ...told, MONERO_NODE_URL: '10.37.10.10:28081' },
    /^These variables are wrong:\n {2}MONERO_NODE_URL: must be/,
  ],
  [
    { ...told, MONERO_NODE_URL: 'http://me:hunter2@10.37.10.10:28081' },
    /^These variables are wrong:\n {2}MONERO_NODE_URL: must have no user and password in it$/,
  ],
  [{ ...told, MONERO_NETWORK: 'moon' }, /MONERO_NETWORK: must be one of regtest, testnet, stagenet, mainnet/],
  [{ ...told, PUPERO_MIN_WITHDRAWAL_XMR: '0' }, /PUPERO_MIN_WITHDRAWAL_XMR: must be an amount of XMR/],
  [{ ...told, MONERO_NETWORK: 'mainnet' }, /I_ACCEPT_REAL_MONEY: missing; must be yes/],
  [
    { ...told, MONERO_NETWORK: 'mainnet', I_ACCEPT_REAL_MONEY: 'yes' },
    /PUPERO_PRICES: missing; must be public/,
  ],
  [{ ...told, PUPERO_PRICES: 'coingecko' }, /PUPERO_PRICES: must be public/],
  [{ ...told, SITE_DOMAIN: 'pupero.example' }, /SITE_DOMAIN: and SITE_CERTIFICATE_ARN must be set together/],
  [
    { ...told, SITE_CERTIFICATE_ARN: certificate },
    /SITE_DOMAIN: missing; and SITE_CERTIFICATE_ARN must be set together/,
  ],
  [
    {
      ...told,
      SITE_DOMAIN: 'pupero.example',
      SITE_CERTIFICATE_ARN: certificate.replace('us-east-1', 'eu-west-1'),
    },
    /SITE_CERTIFICATE_ARN: must be the ARN of a certificate in us-east-1/,
  ],
  [
    { ...told, SITE_DOMAIN: 'http://x', SITE_CERTIFICATE_ARN: certificate },
    /SITE_DOMAIN: must be a host name/,
  ],
])('%j is refused, each wrong variable by its name', (environment, said) => {
  expect(() => checkSettings(environment)).toThrow(said);
});

test.each([
  [told],
  [{ ...told, SITE_DOMAIN: '', SITE_CERTIFICATE_ARN: '' }],
  [
    {
      ...told,
      AWS_ENDPOINT_URL: 'http://127.0.0.1:4566',
      MONERO_NETWORK: 'regtest',
      PUPERO_SCHEDULES: 'false',
    },
  ],
  [{ ...told, SITE_DOMAIN: 'pupero.example', SITE_CERTIFICATE_ARN: certificate }],
  [{ ...told, MONERO_NETWORK: 'mainnet', I_ACCEPT_REAL_MONEY: 'yes', PUPERO_PRICES: 'public' }],
])('%j is taken', (environment) => expect(() => checkSettings(environment)).not.toThrow());
