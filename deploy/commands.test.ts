import { spawnSync } from 'node:child_process';

const nowhere = {
  AWS_REGION: 'eu-central-1',
  AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
  AWS_ACCESS_KEY_ID: 'x',
  AWS_SECRET_ACCESS_KEY: 'x',
};
const noKeys = { AWS_REGION: 'x', AWS_EC2_METADATA_DISABLED: 'true', HOME: '/nowhere' };
const told = {
  MONERO_NODE_URL: 'http://10.37.10.10:28081',
  MONERO_WALLET_RPC_URL: 'http://10.37.10.10:28083',
};

function typed(command: string, env: Record<string, string>) {
  const [name = '', ...args] = command.split(' ');
  const { status, stdout, stderr } = spawnSync(process.execPath, [`deploy/${name}.ts`, ...args], {
    encoding: 'utf8',
    env: { PATH: process.env.PATH, ...env },
  });
  return { status, printed: `${stdout}${stderr}` };
}

test.each([
  ['deploy --stage Live', {}, '--stage Live: a letter, then up to 19 of lowercase letters, digits and "-".'],
  ['deploy live', {}, "Unexpected argument 'live'. See --help."],
  ['deploy --stage live', { ...told, ...nowhere }, 'AWS does not answer at http://127.0.0.1:9'],
  ['undeploy', nowhere, 'Say which: --stage S, as in --stage dev.'],
  ['secrets --stage live', noKeys, 'No AWS credentials'],
  ['secrets --stage live', { ...nowhere, MONERO_WALLET_RPC_USER: 'u' }, 'are set together: one is missing'],
  [
    'secrets --stage live --delete',
    nowhere,
    'This command asks for a confirmation. Without a terminal, add --yes.',
  ],
  ['secrets --stage live', {}, 'AWS_REGION is missing'],
  ['keys', nowhere, 'Say one of: list, rotate.'],
  ['keys rotate list', nowhere, 'Say one of: list, rotate.'],
  ['keys list --file a --stage live', nowhere, 'Say --stage or --file, not both.'],
  ['keys rotate --stage live', nowhere, 'AWS does not answer at http://127.0.0.1:9'],
  ['keys list --file /nowhere/x.json', {}, '/nowhere/x.json cannot be read'],
])('npm run %s with %j says what is wrong', (command, env: Record<string, string>, said) => {
  const { status, printed } = typed(command, env);
  expect(printed).toContain(said);
  expect(status).toBe(1);
});

test.each(['deploy', 'undeploy', 'permissions', 'keys'])('npm run %s -- --help', (name) => {
  expect(typed(`${name} --help`, {})).toEqual({
    status: 0,
    printed: expect.stringContaining(`npm run ${name}`),
  });
});
