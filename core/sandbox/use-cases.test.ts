import type { Caller } from '../caller.ts';
import { NETWORKS } from '../chain/networks.ts';
import { asPiconero } from '../money/xmr.ts';
import { type SandboxPorts, sandboxUseCases } from './use-cases.ts';

/** Whatever is asked of the world beyond is one thing too many. */
const untouchable = new Proxy({}, { get: (_, name) => expect(name).toBe('never asked') });

test.each(NETWORKS.filter((network) => network !== 'regtest'))(
  'on %s there is neither faucet nor mining, for whoever asks',
  async (network) => {
    const ports = { network, faucet: untouchable, miner: untouchable, heartbeats: untouchable };
    const sandbox = sandboxUseCases(ports as unknown as SandboxPorts);
    const never = () => expect('remembered').toBe('never');
    const drawn = sandbox.drawFaucet({ amountXmr: asPiconero(1n) }, {} as Caller, never as never);
    expect(await drawn).toMatchObject({ refused: 'not_found' });
    expect(await sandbox.mineBlocks({ count: 1 })).toMatchObject({ refused: 'not_found' });
  },
);
