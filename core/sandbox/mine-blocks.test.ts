import { testWorld } from '#tests/helpers/world.ts';
import { watchDeposits } from '../deposits/watch-deposits.ts';
import { mineBlocks } from './mine-blocks.ts';

test('mines so many blocks to the address of the house, once the watcher knows it', async () => {
  const { chain, ports, wallet } = testWorld();
  const paid: string[] = [];
  const mine = async (count: number, address: string) => {
    paid.push(address);
    return ports.miner.mine(count);
  };
  const mining = mineBlocks({ ...ports, miner: { mine } });
  const before = chain.height();
  expect(await mining({ count: 3 })).toEqual({ refused: 'dependency_unavailable' });
  expect(chain.height()).toBe(before);

  await watchDeposits(ports)();

  expect(await mining({ count: 3 })).toEqual({ height: before + 3 });
  expect(paid).toEqual([await wallet.primaryAddress()]);
});
