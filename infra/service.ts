// Makes the functions, roles and routes of serverless.yml from functions/*/functions.ts and the contract.
import { isOperation } from '#contract/index.ts';
import { existsOn, type Operation } from '#contract/operation.ts';
import type { Network } from '#core/chain/networks.ts';
import { auth } from '#functions/auth/functions.ts';
import type { FunctionDeclaration, Grants } from '#functions/declaration.ts';
import { deposits, watchDeposits } from '#functions/deposits/functions.ts';
import { deliverEvents } from '#functions/events/functions.ts';
import { connectLive, live, sendHints } from '#functions/live/functions.ts';
import { sendMails } from '#functions/mail/functions.ts';
import { moderation } from '#functions/moderation/functions.ts';
import { coverOffers, followMarket, offers, updateRates } from '#functions/offers/functions.ts';
import { paymentAccounts } from '#functions/payment-accounts/functions.ts';
import { finishDeletions, privacy } from '#functions/privacy/functions.ts';
import { reputation } from '#functions/reputation/functions.ts';
import { sandbox } from '#functions/sandbox/functions.ts';
import { system } from '#functions/system/functions.ts';
import { eraseTalks, talk } from '#functions/talk/functions.ts';
import { erasePaymentDetails, expireTrades, freeHolds, trades } from '#functions/trades/functions.ts';
import { wallet } from '#functions/wallet/functions.ts';
import { followWithdrawals, payWithdrawals, withdrawals } from '#functions/withdrawals/functions.ts';
import { declaredQueues, declaredTables, tableVariable } from '#stage/resources.ts';

/** Every function of any network, by the name that it is deployed, invoked and logged under. */
export const declaredFunctions = {
  auth,
  offers,
  coverOffers,
  followMarket,
  updateRates,
  trades,
  erasePaymentDetails,
  expireTrades,
  freeHolds,
  paymentAccounts,
  talk,
  eraseTalks,
  reputation,
  wallet,
  deposits,
  watchDeposits,
  withdrawals,
  payWithdrawals,
  followWithdrawals,
  moderation,
  live,
  connectLive,
  sendHints,
  deliverEvents,
  sendMails,
  privacy,
  finishDeletions,
  sandbox,
  system,
} satisfies Record<string, FunctionDeclaration>;

type Declared = Record<string, FunctionDeclaration>;

const STAGE = '${sls:stage}';

/** Read once, because parsing the templates for every grant takes seconds. */
const TABLES = declaredTables(STAGE);
const QUEUES = declaredQueues(STAGE);

/** The routes that the gateway sends to a function on a network, such as `POST /trades`. */
export function routesOf({ serves = [] }: FunctionDeclaration, network: Network): string[] {
  const served: Operation[] = serves.flatMap((contract) => Object.values(contract).filter(isOperation));
  return served.filter((operation) => existsOn(operation, network)).map(({ route }) => route);
}

/** The functions that exist on a network. One that serves operations needs at least one that exists there. */
const functionsOn = (network: Network, declared: Declared): [string, FunctionDeclaration][] =>
  Object.entries(declared).filter(
    ([, declaration]) => !declaration.serves || routesOf(declaration, network).length > 0,
  );

/** The routes of every function on a network, by its name. */
export const routesByFunction = (network: Network): Record<string, string[]> =>
  Object.fromEntries(
    functionsOn(network, declaredFunctions).map(([name, declaration]) => [
      name,
      routesOf(declaration, network),
    ]),
  );

/** A function's source file, such as `functions/trades/expire.ts`. */
export const sourceOf = ({ handler }: FunctionDeclaration): string => handler.replace(/\.handler$/, '.ts');

/** `functions:` of serverless.yml on a network. */
export const functions = (network: Network, declared: Declared = declaredFunctions) =>
  Object.fromEntries(
    functionsOn(network, declared).map(([name, declaration]) => [
      name,
      serverlessFunction(name, declaration, network),
    ]),
  );

function serverlessFunction(name: string, declaration: FunctionDeclaration, network: Network) {
  const { handler, timeoutSeconds, inNetwork, runsOn } = declaration;
  return {
    handler,
    role: roleId(name),
    ...(timeoutSeconds && { timeout: timeoutSeconds }),
    ...(inNetwork && { vpc: '${self:custom.vpc}' }),
    // The next run is the retry. AWS's own retries would run in parallel to it.
    ...(isSchedule(runsOn) && { maximumRetryAttempts: 0, maximumEventAge: 60 }),
    environment: environmentOf(declaration),
    events: eventsOf(declaration, network),
  };
}

const RATES = { 'every minute': 'rate(1 minute)', 'every hour': 'rate(1 hour)' } as const;
const isSchedule = (runsOn: FunctionDeclaration['runsOn']): runsOn is keyof typeof RATES =>
  runsOn !== undefined && runsOn in RATES;

function eventsOf(declaration: FunctionDeclaration, network: Network): object[] {
  const { runsOn, servesUnknownRoutes } = declaration;
  if (isSchedule(runsOn))
    return [{ schedule: { rate: RATES[runsOn], enabled: '${self:custom.schedulesEnabled}' } }];
  if (runsOn === 'connections') return ['$connect', '$disconnect'].map((route) => ({ websocket: route }));
  if (runsOn)
    return [
      {
        sqs: {
          arn: { 'Fn::GetAtt': [runsOn, 'Arn'] },
          batchSize: 1,
          functionResponseType: 'ReportBatchItemFailures',
        },
      },
    ];
  const routes = routesOf(declaration, network);
  return [...routes, ...(servesUnknownRoutes ? ['*'] : [])].map((route) => ({ httpApi: route }));
}

function environmentOf({ may, unusedTables = [], environment }: FunctionDeclaration): Record<string, string> {
  const known = Object.fromEntries(TABLES.map(({ logicalId, input }) => [logicalId, input.TableName]));
  const tables = [...new Set([...Object.keys(may).filter(isTable).map(tableOf), ...unusedTables])];
  return {
    ...Object.fromEntries(tables.map((table) => [tableVariable(table), known[table] ?? unknown(table)])),
    ...(may.PicturesBucket && {
      PICTURES_BUCKET: '${self:custom.picturesBucket}',
    }),
    ...(may.PayoutQueue && { PAYOUT_QUEUE_URL: '${self:custom.payoutQueueUrl}' }),
    ...(may.MailQueue && {
      MAIL_QUEUE_URL: '${self:custom.mailQueueUrl}',
      PUPERO_MAIL_FROM: '${self:custom.mailFrom}',
    }),
    ...(may.CoverQueue && { COVER_QUEUE_URL: '${self:custom.coverQueueUrl}' }),
    ...(may.LiveQueue && { LIVE_QUEUE_URL: '${self:custom.liveQueueUrl}' }),
    ...(may.WebsocketsApi && { LIVE_CONNECTIONS_URL: '${self:custom.liveConnectionsUrl}' }),
    ...environment,
  };
}

/** The roles on a network, as one more entry of `resources:` of serverless.yml. */
export const roles = (network: Network, declared: Declared = declaredFunctions) => ({
  Resources: Object.fromEntries(
    functionsOn(network, declared).map(([name, declaration]) => [roleId(name), role(name, declaration)]),
  ),
});

const roleId = (functionName: string) => `${functionName[0]!.toUpperCase()}${functionName.slice(1)}Role`;

function role(name: string, declaration: FunctionDeclaration) {
  return {
    Type: 'AWS::IAM::Role',
    Properties: {
      RoleName: `pupero-${STAGE}-${name}`,
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
        ],
      },
      Policies: [
        {
          PolicyName: name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
          PolicyDocument: { Version: '2012-10-17', Statement: statementsOf(name, declaration) },
        },
      ],
    },
  };
}

/** AWS requires these of a function in a network, and accepts no narrower resource. */
const NETWORK_INTERFACES = [
  'ec2:CreateNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSubnets',
  'ec2:DeleteNetworkInterface',
  'ec2:AssignPrivateIpAddresses',
  'ec2:UnassignPrivateIpAddresses',
];

const allow = (Action: readonly string[], Resource: unknown) => ({ Effect: 'Allow', Action, Resource });

function statementsOf(name: string, { may, secrets = [], inNetwork, sendsMail }: FunctionDeclaration) {
  const ownLogs = arn('logs', `log-group:/aws/lambda/pupero-${STAGE}-${name}:*`);
  const places = secrets.map((secret) => arn('ssm', `parameter/pupero/${STAGE}/${secret}`));
  return [
    allow(['logs:CreateLogStream', 'logs:PutLogEvents'], ownLogs),
    ...grantStatements(may),
    ...(places.length > 0 ? [allow(['ssm:GetParameter'], places)] : []),
    ...(inNetwork ? [allow(NETWORK_INTERFACES, '*')] : []),
    // Not an identity, because the sender is a setting, and its identity is its address or its domain.
    ...(sendsMail ? [allow(['ses:SendEmail', 'ses:SendRawEmail'], '*')] : []),
  ];
}

/** One statement for adjacent resources with the same actions, because AWS limits the length of a role's policies. */
function grantStatements(may: Grants) {
  const statements: { actions: string[]; resources: unknown[] }[] = [];
  for (const [resource, names] of Object.entries(may)) {
    const actions = names.map((action) => `${serviceOf(resource)}:${action}`);
    const last = statements.at(-1);
    if (last?.actions.join() === actions.join()) last.resources.push(resourceArn(resource));
    else statements.push({ actions, resources: [resourceArn(resource)] });
  }
  return statements.map(({ actions, resources }) => allow(actions, resources));
}

const serviceOf = (resource: string) => {
  if (isTable(resource)) return 'dynamodb';
  if (resource === CONNECTIONS) return 'execute-api';
  return isBucket(resource) ? 's3' : 'sqs';
};
const isBucket = (resource: string) => resource.endsWith('Bucket');
const isTable = (resource: string) => /Table($|\/)/.test(resource);
const tableOf = (resource: string) => resource.split('/', 1)[0]!;
const arn = (service: string, resource: string) => ({
  'Fn::Sub': `arn:\${AWS::Partition}:${service}:\${AWS::Region}:\${AWS::AccountId}:${resource}`,
});

/** @throws an Error where infra/ declares no such table, index or queue */
/** Clients reach these objects by addresses that functions sign, so the roles have no other objects. */
const PICTURES = 'PicturesBucket';
/** The logical name that the Serverless Framework gives to the WebSocket API. */
const CONNECTIONS = 'WebsocketsApi';

function resourceArn(resource: string) {
  if (resource === PICTURES) return { 'Fn::Sub': `\${${PICTURES}.Arn}/uploads/*` };
  if (resource === CONNECTIONS) return arn('execute-api', `\${${CONNECTIONS}}/${STAGE}/POST/@connections/*`);
  const [id = '', , index] = resource.split('/');
  const table = TABLES.find(({ logicalId }) => logicalId === id);
  const isQueue = QUEUES.some(({ logicalId }) => logicalId === id);
  if (!table && !isQueue) return unknown(resource);
  if (!index) return { 'Fn::GetAtt': [id, 'Arn'] };
  const indexes = table?.input.GlobalSecondaryIndexes ?? [];
  if (!indexes.some(({ IndexName }) => IndexName === index)) return unknown(resource);
  return { 'Fn::Sub': `\${${id}.Arn}/index/${index}` };
}

function unknown(resource: string): never {
  throw new Error(`infra/ declares no ${resource}, which a functions.ts names.`);
}
