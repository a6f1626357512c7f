import { DeploySecrets, newDeploySecrets } from './deploy-secrets.ts';

const refusalOf = (more: object) =>
  DeploySecrets.safeParse({ ...newDeploySecrets(), ...more }).error?.issues.map(
    ({ path, message }) => `${path} ${message}`,
  );

test('new secrets are well-formed and different each time', () => {
  const [one, other] = [newDeploySecrets(), newDeploySecrets()];
  expect(DeploySecrets.parse(one)).toEqual(one);
  const shared = Object.entries(one).filter(([name, value]) => other[name as keyof typeof other] === value);
  expect(shared).toEqual([['MONERO_WALLET_RPC_USER', 'pupero']]);
});

test.each([
  [{ TOTP_KEY: 'c2hvcnQ=' }, 'TOTP_KEY must be 32 bytes in base64'],
  [
    { ACCESS_TOKEN_PRIVATE_KEY: '{}' },
    'ACCESS_TOKEN_PRIVATE_KEY must be an Ed25519 private key as a JSON Web Key',
  ],
  [
    { ACCESS_TOKEN_PUBLIC_KEY: 'x' },
    'ACCESS_TOKEN_PUBLIC_KEY must be an Ed25519 public key as a JSON Web Key, or a set of them',
  ],
  [{ EDGE_KEY: 'short' }, 'EDGE_KEY must be 32 or more characters of ASCII without blanks'],
  [
    { MONERO_WALLET_RPC_PASSWORD: 'x\nrpc-bind-ip=0.0.0.0' },
    'MONERO_WALLET_RPC_PASSWORD must be ASCII without blanks',
  ],
  [{ MONERO_WALLET_RPC_USER: 'a:b' }, 'MONERO_WALLET_RPC_USER must have no colon'],
])('names a malformed secret: %j', (more, said) => expect(refusalOf(more)).toEqual([said]));

test('refuses a public key of another pair, because no token would be valid', () => {
  const { ACCESS_TOKEN_PUBLIC_KEY } = newDeploySecrets();
  expect(refusalOf({ ACCESS_TOKEN_PUBLIC_KEY })).toEqual([
    'ACCESS_TOKEN_PUBLIC_KEY must belong to ACCESS_TOKEN_PRIVATE_KEY',
  ]);
});

test('accepts the set of public keys that a rotation leaves, if the private key is one of them', () => {
  const [{ ACCESS_TOKEN_PUBLIC_KEY: own, ...rest }, { ACCESS_TOKEN_PUBLIC_KEY: other }] = [
    newDeploySecrets(),
    newDeploySecrets(),
  ];
  const replaced = { ...JSON.parse(other), acceptedUntil: '2026-11-29T00:00:00.000Z' };
  const errorWith = (...keys: object[]) =>
    DeploySecrets.safeParse({ ...rest, ACCESS_TOKEN_PUBLIC_KEY: JSON.stringify({ keys }) }).error?.issues.map(
      ({ message }) => message,
    );
  expect(errorWith(replaced, JSON.parse(own))).toBeUndefined();
  expect(errorWith(replaced)).toEqual(['must belong to ACCESS_TOKEN_PRIVATE_KEY']);
  const malformed = ['must be an Ed25519 public key as a JSON Web Key, or a set of them'];
  expect(errorWith()).toEqual(malformed);
  expect(errorWith(JSON.parse(rest.ACCESS_TOKEN_PRIVATE_KEY))).toEqual(malformed);
  expect(errorWith({ ...JSON.parse(own), acceptedUntil: 'soon' })).toEqual(malformed);
});
