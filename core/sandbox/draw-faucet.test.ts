import type { Caller } from '../caller.ts';
import { NETWORKS } from '../chain/networks.ts';
import { asPiconero } from '../money/xmr.ts';
import { drawFaucet } from './draw-faucet.ts';
import { mineBlocks } from './mine-blocks.ts';
import type { SandboxPorts } from './ports.ts';

/** A port that fails the test if it is used. */
const unused = new Proxy({}, { get: (_, name) => expect(name).toBe('not used') });

test.each(NETWORKS.filter((network) => network !== 'regtest'))(
  'on %s the faucet and mining are not found, and no port is used',
  async (network) => {
    const ports = {
      network,
      faucet: unused,
      miner: unused,
      heartbeats: unused,
      ledger: unused,
      deposits: unused,
      addresses: unused,
    } as unknown as SandboxPorts;
    const remember = () => expect('remember').toBe('not used') as never;
    const drawn = drawFaucet(ports)({ amountXmr: asPiconero(1n) }, {} as Caller, { remember });
    expect(await drawn).toMatchObject({ refused: 'not_found' });
    expect(await mineBlocks(ports)({ count: 1 })).toMatchObject({ refused: 'not_found' });
  },
);
