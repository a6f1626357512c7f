import { spawnSync } from 'node:child_process';

type Command = { command: string; args: string[] };

/** The tools are in folders that are not on everybody's PATH; a new network begins with loopback down. */
const LOOPBACK_UP = 'PATH="$PATH:/usr/sbin:/sbin"; ip link set lo up 2>/dev/null || ifconfig lo up';

/** First in a user namespace, for any user; then without one, for root, because some systems disable them. */
const waysIn = [['-U', '-r', '-n'], ['-n']];

/**
 * How to start a program in a network of its own, on Linux where namespaces are allowed. Only that program and its child
 * processes can reach listeners in there.
 *
 * @returns the changed command; `undefined` where the machine allows none
 */
export function ownNetwork(): ((program: Command) => Command) | undefined {
  const way = waysIn.find(
    (flags) => spawnSync('unshare', [...flags, 'sh', '-c', LOOPBACK_UP], { env: process.env }).status === 0,
  );
  if (!way) return undefined;
  return ({ command, args }) => ({
    command: 'unshare',
    args: [...way, 'sh', '-c', `${LOOPBACK_UP} && exec "$0" "$@"`, command, ...args],
  });
}
