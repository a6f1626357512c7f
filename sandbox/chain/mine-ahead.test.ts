import { blocksMissing, mineAhead } from './mine-ahead.ts';

const counted = (faucetXmr: string) => ({ result: { faucetXmr } });

test.each([
  [counted('200'), 0],
  [counted('2815.5'), 0],
  [counted('199.999999999999'), 1],
  [counted('0'), 6],
  [counted('-300'), 15],
  [counted('-100000'), 60],
  [{ result: { wallet: 'down' } }, 0],
  [undefined, 0],
])('after %j so many blocks are missing: %i', (watched, blocks) => {
  expect(blocksMissing(watched, 60)).toBe(blocks);
});

/** A chain with this much XMR, and this block reward in XMR. */
function aChain(hasXmr: number, xmrABlock: number) {
  const mined: number[] = [];
  return {
    mined,
    watch: async () => counted(`${hasXmr}`),
    mine: async (count: number) => {
      mined.push(count);
      hasXmr += count * xmrABlock;
    },
    say: () => {},
  };
}

test('a start mines until the faucet has 200 XMR beyond what is owed', async () => {
  const chain = aChain(-40, 35);
  await mineAhead(chain);
  expect(chain.mined).toEqual([7]);
});

test('on an old chain, whose blocks bring little, it goes on in larger steps', async () => {
  const chain = aChain(190, 0.5);
  await mineAhead(chain);
  expect(chain.mined).toEqual([1, 2, 4, 8, 16]);
});

test('a faucet that has its stock mines nothing', async () => {
  const chain = aChain(200, 35);
  await mineAhead(chain);
  expect(chain.mined).toEqual([]);
});
