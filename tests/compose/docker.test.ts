// If docker compose is installed, its reading of the files equals ours.
import { spawnSync } from 'node:child_process';
import { resolveCompose } from './compose-file.ts';
import { environment, read, required, root } from './given.ts';

const { PATH = '', HOME = '', DOCKER_CONFIG = '' } = process.env;

/** Without the tester's own variables. It only reads files and needs no daemon. */
const dockerCompose = (args: string[], secrets: Record<string, string> = {}) =>
  spawnSync('docker', ['compose', ...args], {
    cwd: root,
    env: { PATH, HOME, ...(DOCKER_CONFIG && { DOCKER_CONFIG }), ...secrets },
    encoding: 'utf8',
  });

const isThere = dockerCompose(['version']).status === 0;

describe(
  isThere ? 'docker compose' : 'docker compose is missing on this machine: our own reading alone',
  () => {
    test.each(['localstack-compose.yml', 'monero-compose.yml'])('takes %s', (file) => {
      const ours = resolveCompose(read(file), environment);
      expect(Object.keys(ours.services).length).toBeGreaterThan(1);
      if (!isThere) return;

      const given = ['--env-file', '.env.example', '-f', file, '--profile', '*', 'config'];
      const { status, stderr } = dockerCompose([...given, '-q'], required);
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      // It prints a compose file, with each $ doubled.
      const printed = dockerCompose([...given, '--format', 'json'], required).stdout;
      const theirs = JSON.parse(printed.replaceAll('$$', () => '$'));
      for (const [name, { image, command = null }] of Object.entries(ours.services))
        expect(theirs.services[name]).toMatchObject({ image, command });
      for (const [name, { content }] of Object.entries(ours.configs ?? {}))
        expect(theirs.configs[name].content).toBe(content);
    });

    test('takes no monero-compose.yml without its secrets, and names them', () => {
      const file = 'monero-compose.yml';
      const named = /MONERO_WALLET_(RPC_USER|RPC_PASSWORD|PASSWORD) .*is missing\. Put it into \.env/;
      expect(() => resolveCompose(read(file), {})).toThrow(named);
      if (!isThere) return;

      const { status, stderr } = dockerCompose(['--env-file', '.env.example', '-f', file, 'config', '-q']);
      expect(status).not.toBe(0);
      expect(stderr).toMatch(named);
    });
  },
);
