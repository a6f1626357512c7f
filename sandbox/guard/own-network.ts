import { spawnSync } from 'node:child_process';

type Command = { command: string; args: string[] };

/** The tools are in folders that are not on everybody's PATH; a new network begins with loopback down. */
const loopbackUp = 'PATH="$PATH:/usr/sbin:/sbin"; ip link set lo up 2>/dev/null || ifconfig lo up';

/** As any user in a namespace of their own; as root without one, where those are switched off. */
const waysIn = [['-U', '-r', '-n'], ['-n']];

/**
 * How to start a program in a network of its own: on Linux, where the machine allows namespaces. What listens in there
 * is reached by that program and its children, and by nobody else on the machine. `undefined` where there is no way.
 */
export function ownNetwork(): ((program: Command) => Command) | undefined {
  const way = waysIn.find(
    (flags) => spawnSync('unshare', [...flags, 'sh', '-c', loopbackUp], { env: process.env }).status === 0,
  );
  if (!way) return undefined;
  return ({ command, args }) => ({
    command: 'unshare',
    args: [...way, 'sh', '-c', `${loopbackUp} && exec "$0" "$@"`, command, ...args],
  });
}
