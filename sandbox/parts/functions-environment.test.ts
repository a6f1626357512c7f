import { newDeploySecrets } from '#stage/deploy-secrets.ts';
import { declaredTables } from '#stage/resources.ts';
import { functionsEnvironment } from './functions-environment.ts';

const settings = {
  stage: 'test-1',
  network: 'regtest' as const,
  endpoints: {
    dynamodbUrl: 'http://d',
    queueUrl: 'http://q',
    nodeUrl: 'http://n',
    walletUrl: 'http://w',
    liveUrl: 'http://l',
  },
  queueUrls: {
    PayoutQueue: 'http://q/payouts',
    MailQueue: 'http://q/mails',
    CoverQueue: 'http://q/covers',
    LiveQueue: 'http://q/live',
  },
  mail: { PUPERO_MAIL_FROM: 'a@pupero.test', PUPERO_SMTP_URL: 'smtp://u:p@127.0.0.1:1025' },
  siteOrigin: 'http://localhost:5000',
  wallet: { user: 'u', password: 'p' },
  secrets: newDeploySecrets(),
};
const environment = functionsEnvironment(settings);

test('the functions get the name of every table that infra declares, and of no other', () => {
  const told = Object.entries(environment).filter(([name]) => name.endsWith('_TABLE'));
  const declared = declaredTables('test-1').map(({ input }) => input.TableName);
  expect(told.map(([, table]) => table).sort()).toEqual(declared.sort());
});

test('no variable points at AWS itself, or at another network', () => {
  expect(environment).toMatchObject({
    AWS_ENDPOINT_URL_DYNAMODB: 'http://d',
    AWS_ENDPOINT_URL_SQS: 'http://q',
    MONERO_NETWORK: 'regtest',
    MONERO_NODE_URL: 'http://n',
    MONERO_WALLET_RPC_URL: 'http://w',
  });
});

test('the functions read the keys of access tokens from the file of secrets, because those are rotated', () => {
  expect(environment).toMatchObject({
    ACCESS_TOKEN_PRIVATE_KEY: settings.secrets.ACCESS_TOKEN_PRIVATE_KEY,
    ACCESS_TOKEN_PUBLIC_KEY: settings.secrets.ACCESS_TOKEN_PUBLIC_KEY,
  });
  const withFile = functionsEnvironment({ ...settings, secretsFile: '/data/secrets.json' });
  expect(withFile).toMatchObject({ SECRETS_FILE: '/data/secrets.json' });
  expect(Object.keys(withFile).filter((name) => name.startsWith('ACCESS_TOKEN_'))).toEqual([]);
});
