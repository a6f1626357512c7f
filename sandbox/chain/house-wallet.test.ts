import { HouseWallet } from './house-wallet.ts';
import type { SandboxNode } from './node.ts';
import type { WalletRpc } from './wallet-rpc.ts';

const REWARD_PICONERO = 35_000_000_000_000;

/** The house wallet on a chain of `height` blocks, all mined to it. A reward unlocks after 60 blocks. */
function onChainOf(height: number) {
  const mined: number[] = [];
  const node = {
    info: async () => ({ height }),
    mine: async (_address: string, count: number) => {
      mined.push(count);
      height += count;
      return { height };
    },
  };
  const call = async (method: string) => {
    if (method === 'get_address') return { address: 'address' };
    const unlocked = Math.max(height - 61, 0);
    return { balance: (height - 1) * REWARD_PICONERO, unlocked_balance: unlocked * REWARD_PICONERO };
  };
  const wallet = new HouseWallet({ call } as unknown as WalletRpc, 'password');
  return { mined, fund: () => wallet.fund(node as unknown as SandboxNode) };
}

test.each([
  ['new', 2],
  ['begun by an earlier version', 82],
])('a %s chain is past 86 blocks at the start, where 0.18.0 never answers a transfer', async (_, height) => {
  const { fund, mined } = onChainOf(height);
  const funded = await fund();
  expect(height + funded.mined).toBeGreaterThan(86);
  expect(mined).toHaveLength(1);
});

test('a longer chain whose wallet has enough unlocked coins is left as it is', async () => {
  const { fund, mined } = onChainOf(87);
  expect(await fund()).toEqual({ unlockedXmr: 910, mined: 0 });
  expect(mined).toEqual([]);
});
