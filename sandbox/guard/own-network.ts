import { spawnSync } from 'node:child_process';

type Command = { command: string; args: string[] };

/** Brings loopback up, because a new network begins with it down. Not every PATH has the folders of these tools. */
const LOOPBACK_UP = 'PATH="$PATH:/usr/sbin:/sbin"; ip link set lo up 2>/dev/null || ifconfig lo up';

/**
 * Options of `unshare`, in the order of the tries: in a user namespace, for any user; then without, for root, because
 * some systems disable user namespaces.
 */
const waysIn = [['-U', '-r', '-n'], ['-n']];

/**
 * A function that makes a program run in a separate network, on Linux if namespaces are allowed. Only that program and
 * its child processes can reach listeners in there.
 *
 * @returns the function, which changes a command; `undefined` if the machine does not allow it
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
