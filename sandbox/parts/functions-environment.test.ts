import { newDeploySecrets } from '#stage/deploy-secrets.ts';
import { declaredTables } from '#stage/resources.ts';
import { functionsEnvironment } from './functions-environment.ts';

const environment = functionsEnvironment({
  stage: 'test-1',
  network: 'regtest',
  endpoints: { dynamodbUrl: 'http://d', queueUrl: 'http://q', nodeUrl: 'http://n', walletUrl: 'http://w' },
  queueUrls: { PayoutQueue: 'http://q/payouts', MailQueue: 'http://q/mails' },
  mail: { PUPERO_MAIL_FROM: 'a@pupero.test', PUPERO_SMTP_URL: 'smtp://u:p@127.0.0.1:1025' },
  siteOrigin: 'http://localhost:5000',
  wallet: { user: 'u', password: 'p' },
  secrets: newDeploySecrets(),
});

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
