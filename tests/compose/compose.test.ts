// Reads the compose files with .env.example like docker compose, because docker may be missing.
import { spawnSync } from 'node:child_process';
import { commandsIn, wrongCommands } from './commands.ts';
import { parseCompose, resolveCompose, type Service } from './compose-file.ts';
import { readExamples } from './env-example.ts';
import { environment, read, required } from './given.ts';
import { consent, wrongMonero } from './monero.ts';
import { brokenRules } from './rules.ts';
import { givenSecrets, unexplainedPassedOn, wrongVariables } from './secrets.ts';

const examples = readExamples(read('.env.example'));
const script = read('infra/monero/wallet-rpc.sh');
const planted = { X: 'x', MONERO_USER: 'me' };

const files = ['localstack-compose.yml', 'monero-compose.yml'] as const;
const texts = { 'localstack-compose.yml': read(files[0]), 'monero-compose.yml': read(files[1]) };

/** All faults of the files, one of them changed by `plant`. */
function complaints(plant = (_file: string, text: string) => text, given = examples): string[] {
  return files.flatMap((file) => {
    const text = plant(file, texts[file]);
    const compose = resolveCompose(text, { ...environment, ...planted });
    return [
      ...brokenRules(compose),
      ...wrongVariables(text, given),
      ...unexplainedPassedOn(text, given),
      ...(file === 'monero-compose.yml' ? wrongMonero(compose, script) : []),
    ];
  });
}

test('they have no faults, and .env.example contains no secret', () => {
  expect(complaints()).toEqual([]);
  expect(givenSecrets(examples)).toEqual([]);
});

test.each([
  ["['127.0.0.1:28081:28081']", "['28081:28081']", 'monerod: 28081:28081 is open to the network'],
  [
    "['127.0.0.1:4566:4566']",
    "['0.0.0.0:4566:4566']",
    'localstack: 0.0.0.0:4566:4566 is open to the network',
  ],
  ["['127.0.0.1:18081:18081']", "['127.0.0.1:28081:28081']", '127.0.0.1:28081:28081 is there twice'],
  ['BIND_HOST: 127.0.0.1', 'BIND_HOST: 0.0.0.0', 'ministack: listens on every address of the machine'],
  ["['testnet-chain:/", "['./chain:/", 'monerod: mounts ./chain, which is no declared volume'],
  ['profiles: [localstack]', 'restart: always', 'localstack: mounts /var/run/docker.sock, which is no'],
  ['  stagenet-chain:\n', '  stagenet-chain:\n  other:\n', 'volume other is not used'],
  ['networks: [real-money]', 'networks: [money]', 'mainnet-monerod: network money is not declared'],
  ['  real-money:\n', '  real-money:\n  other:\n', 'network other is not used'],
  ['network_mode: host\n', '\n', 'ministack: says no network'],
  [
    'ministack:1.5.33}',
    'ministack:latest}',
    'MINISTACK_IMAGE is not ministackorg/ministack:latest in .env.example',
  ],
  ['${MINISTACK_IMAGE:-ministackorg/ministack:1.5.33}', 'ministack:latest', 'ministack:latest is not pinned'],
  ['    test: [CMD-SHELL', '    command: [CMD-SHELL', 'monerod: has no health check'],
  [
    'monerod: { condition: service_healthy }',
    'monerod: { condition: service_started }',
    'does not wait for its',
  ],
  ['=monerod:28081', '=monerod:18081', 'wallet-rpc: nothing listens on monerod:18081'],
  [
    '=monerod:28081',
    '=stagenet-monerod:38081',
    'wallet-rpc: stagenet-monerod:38081 is no daemon of its network',
  ],
  ['    - --restricted-rpc\n', '', 'monerod: lacks --restricted-rpc'],
  ['[--testnet, ', '[--disable-rpc-login, --testnet, ', 'wallet-rpc asks for no login'],
  [', target: /run/secrets/wallet-rpc-password', ', target: /p', 'wallet-rpc: gets no wallet-rpc-password'],
  ['  init: true\n', '', 'monerod: would not hear a stop while it loads'],
  ['/run/secrets/wallet-password }', "/run/secrets/wallet-password, uid: '1000' }", 'to a user by number'],
  ['    profiles: [stagenet]\n', '', 'stagenet-monerod: starts stagenet unasked'],
  ['command: [--testnet]', 'command: [--offline]', 'monerod: starts mainnet unasked'],
  [
    'service_completed_successfully',
    'service_started',
    'mainnet-monerod: starts without a yes to real money',
  ],
  ['MONERO_WALLET_PASSWORD:?', 'MONERO_WALLET_PASSWORD:-1234}${X:?', 'is a secret with a default'],
  ['{ RPC_PORT: 28081 }', "{ P: '${MONERO_WALLET_PASSWORD:?}' }", 'environment.P shows it'],
  ['MONERO_WALLET_RPC_USER:?', 'MONERO_USER:?', 'MONERO_USER is not in .env.example'],
  ['${MONERO_WALLET_RPC_USER:?', '${MONERO_WALLET_RPC_USER}${X:?', 'has neither a default nor a sentence'],
  ['ENFORCE_IAM: 1', 'DEBUG:', 'DEBUG is not explained in .env.example'],
])('planted: %j as %j', (was, planted, complaint) => {
  const found = complaints((_file, text) => (text.includes(was) ? text.replace(was, () => planted) : text));
  expect(found).toContainEqual(expect.stringContaining(complaint));
});

test.each([
  ['# The images, pinned to a version\n', '\n', 'MONEROD_IMAGE is not explained in .env.example'],
  [
    'ministack:1.5.33',
    'ministack:1.5.32',
    'MINISTACK_IMAGE is not ministackorg/ministack:1.5.33 in .env.example',
  ],
  ['# LOCALSTACK_AUTH_TOKEN=\n', '', 'LOCALSTACK_AUTH_TOKEN is not explained in .env.example'],
  ['# MONERO_WALLET_PASSWORD=\n', '', 'MONERO_WALLET_PASSWORD is not in .env.example'],
  ['# MONERO_WALLET_PASSWORD=', '# MONERO_WALLET_PASSWORD=1234', 'MONERO_WALLET_PASSWORD has a value in'],
])('planted in .env.example: %j as %j', (was, planted, complaint) => {
  const given = readExamples(read('.env.example').replace(was, planted));
  const found = [...complaints(undefined, given), ...givenSecrets(given)];
  expect(found).toContainEqual(expect.stringContaining(complaint));
});

test.each(Object.keys(required))('a missing %s is reported in a sentence', (name) => {
  const others = { ...environment, [name]: '' };
  const sentence = new RegExp(`^${name} is missing. Put it into .env as .env.example says; `);
  expect(() => resolveCompose(texts['monero-compose.yml'], others)).toThrow(sentence);
});

test.each([
  ['yes', 0],
  ['', 1],
  ['true', 1],
])('with I_ACCEPT_REAL_MONEY=%j the consent to mainnet ends with %i', (answer, status) => {
  const { entrypoint = [], command = [] } = resolveCompose(texts['monero-compose.yml'], environment).services[
    consent
  ] as Service;
  const [shell = '', ...args] = [...entrypoint, ...command];
  const run = spawnSync(shell, args, {
    env: { ...process.env, I_ACCEPT_REAL_MONEY: answer },
    encoding: 'utf8',
  });
  expect(run.status).toBe(status);
  expect(run.stderr).toBe(
    status === 0
      ? ''
      : 'Mainnet is real money, and Pupero is a sandbox. To start it all the same: I_ACCEPT_REAL_MONEY=yes.\n',
  );
});

describe('the documented commands', () => {
  const composeFiles = Object.fromEntries(files.map((file) => [file, parseCompose(texts[file])]));
  const pages = ['README.md', 'README.fr.md', ...files];

  test.each(pages)('%s names existing files and services', (page) => {
    expect(commandsIn(read(page)).length).toBeGreaterThan(1);
    expect(wrongCommands(read(page), composeFiles)).toEqual([]);
  });

  test('they are the same in both languages', () => {
    expect(commandsIn(read('README.fr.md'))).toEqual(commandsIn(read('README.md')));
  });

  test.each([
    ['docker compose -f compose.yml up -d', 'there is no compose.yml'],
    [
      'docker compose -f monero-compose.yml --profile x up -d --wait wallet # all',
      'there is no service wallet',
    ],
  ])('planted: %s', (typed, complaint) => {
    expect(wrongCommands(typed, composeFiles)).toEqual([expect.stringContaining(complaint)]);
  });
});
