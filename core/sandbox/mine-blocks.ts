import { refusal } from '../refusal.ts';
import type { SandboxPorts } from './ports.ts';

/** Mines blocks for the house. On other networks than regtest it answers `not_found`. */
export const mineBlocks =
  ({ network, heartbeats, miner }: Pick<SandboxPorts, 'network' | 'heartbeats' | 'miner'>) =>
  async ({ count }: { count: number }) => {
    if (network !== 'regtest') return refusal('not_found');
    const houseAddress = (await heartbeats.read())?.houseAddress;
    if (!houseAddress) return refusal('dependency_unavailable');
    const { height } = await miner.mine(count, houseAddress);
    return { height };
  };
