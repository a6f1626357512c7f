import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** `10.0.0.1:80`, or `::1:80` with all its groups written out. */
export type Listener = { address: string; port: number };

const LISTENING_STATE = '0A';

/** Every TCP socket on which one of these processes takes connections, as Linux itself tells. */
export function listenersOf(pids: number[]): Listener[] {
  const inodes = new Set(pids.flatMap(socketsOf));
  const rows = ['tcp', 'tcp6'].flatMap((table) =>
    readFileSync(`/proc/net/${table}`, 'utf8').split('\n').slice(1),
  );
  return rows
    .map((row) => row.trim().split(/\s+/))
    .filter(([, , , state, , , , , , inode]) => state === LISTENING_STATE && inodes.has(inode ?? ''))
    .map(([, local = '']) => {
      const [address = '', port = ''] = local.split(':');
      return { address: addressIn(address), port: Number.parseInt(port, 16) };
    });
}

export const isLoopback = ({ address }: Listener) =>
  /^127\./.test(address) || /^(0:){7}1$/.test(address) || /^(0:){5}ffff:7f/.test(address);

function socketsOf(pid: number): string[] {
  const folder = `/proc/${pid}/fd`;
  return readdirSync(folder).flatMap((descriptor) => {
    try {
      return /^socket:\[(\d+)\]$/.exec(readlinkSync(`${folder}/${descriptor}`))?.[1] ?? [];
    } catch {
      return []; // closed meanwhile
    }
  });
}

/** The kernel prints 32-bit words as this machine stores them, the lowest byte first. */
function addressIn(hex: string): string {
  const bytes = (hex.match(/.{8}/g) ?? []).flatMap((word) => (word.match(/../g) ?? []).reverse());
  if (bytes.length === 4) return bytes.map((byte) => Number.parseInt(byte, 16)).join('.');
  const groups = bytes.join('').match(/.{4}/g) ?? [];
  return groups.map((group) => Number.parseInt(group, 16).toString(16)).join(':');
}
