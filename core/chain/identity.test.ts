import fc from 'fast-check';
import { memoryChain } from '#adapters/memory/chain.ts';
import { type ChainMemory, compareChain, rememberChain } from './identity.ts';

const NOTHING: ChainMemory = { anchors: [] };

const heightsOf = ({ anchors }: ChainMemory) => anchors.map(({ height }) => height);

/** A node with a chain of `blocks` blocks, genesis included. `asked` are the heights whose hashes were requested. */
function aNode(blocks: number) {
  const chain = memoryChain(blocks);
  const asked: number[] = [];
  const blockHash = async (height: number) => {
    asked.push(height);
    return chain.hash(height);
  };
  const block = (height: number) => ({ height, hash: chain.hash(height)! });
  const remember = (memory = NOTHING) => rememberChain(memory, block(chain.height() - 1), blockHash);
  return { ...chain, asked, blockHash, block, remember };
}

describe('a node’s chain', () => {
  test.each([1, 2, 102, 350])('of %i blocks is the same when they are read again', async (blocks) => {
    const { remember, blockHash, mine } = aNode(blocks);
    const memory = await remember();
    expect(await compareChain(memory, blockHash)).toEqual({ is: 'same' });
    mine(500);
    expect(await compareChain(memory, blockHash)).toEqual({ is: 'same' });
  });

  test('counts as the same one before anything is remembered', async () => {
    expect(await compareChain(NOTHING, aNode(350).blockHash)).toEqual({ is: 'same' });
  });

  test.each([
    ['the deep anchor', 350, 1, 249],
    ['the deep anchor, also if every block above it is replaced', 350, 100, 249],
    ['the first mined block of a short chain', 50, 10, 1],
  ])('that is reorganised is read again from %s', async (_, blocks, depth, from) => {
    const { remember, blockHash, reorganise } = aNode(blocks);
    const memory = await remember();
    reorganise(depth);
    expect(await compareChain(memory, blockHash)).toEqual({ is: 'reorganised', from });
  });

  test('is read again from its beginning if nothing but its newest block is remembered', async () => {
    const memory = { top: { height: 0, hash: 'another genesis' }, anchors: [] };
    expect(await compareChain(memory, aNode(5).blockHash)).toEqual({ is: 'reorganised', from: 0 });
  });

  test('that is reorganised below the deep anchor is another one', async () => {
    const { remember, blockHash, reorganise, block } = aNode(350);
    const memory = await remember();
    const at = block(249);
    reorganise(101);
    expect(await compareChain(memory, blockHash)).toEqual({ is: 'other', at, found: block(249).hash });
  });

  test.each([
    ['shorter', 50],
    ['as long', 350],
    ['longer', 500],
  ])('with other blocks is another one, if it is %s', async (_, blocks) => {
    const ours = aNode(350);
    const theirs = aNode(blocks);
    expect(await compareChain(await ours.remember(), theirs.blockHash)).toEqual({
      is: 'other',
      at: ours.block(1),
      found: theirs.block(1).hash,
    });
  });

  test.each([1, 2, 249, 349])('that ends after %i of 350 blocks is behind', async (blocks) => {
    const { remember, hash } = aNode(350);
    const shorter = async (height: number) => (height < blocks ? hash(height) : undefined);
    expect(await compareChain(await remember(), shorter)).toEqual({ is: 'behind', remembered: 349 });
  });
});

describe('the anchors of a chain', () => {
  test.each([
    [1, []],
    [2, [1]],
    [201, [1]],
    [202, [1, 101]],
    [1_000, [1, 899]],
  ])('after the first reading of %i blocks', async (blocks, heights) => {
    const { remember, block } = aNode(blocks);
    expect(await remember()).toEqual({ top: block(blocks - 1), anchors: heights.map(block) });
  });

  test.each([
    ['block 1 alone', [1], 201, [1]],
    ['block 1 alone', [1], 202, [1, 102]],
    ['block 150', [1, 150], 350, [1, 150]],
    ['block 150', [1, 150], 351, [1, 251]],
  ])('after %s and %s, with block %i on top', async (_, before, top, after) => {
    const { rememberFrom, block } = withAnchors(before, top);
    expect(await rememberFrom()).toEqual({ top: block(top), anchors: after.map(block) });
  });

  test('have the remembered hashes, and the node is asked for new ones only', async () => {
    const unchanged = withAnchors([1, 150], 350);
    await unchanged.rememberFrom();
    expect(unchanged.asked).toEqual([]);
    const moved = withAnchors([1, 150], 351);
    await moved.rememberFrom();
    expect(moved.asked).toEqual([251]);
  });

  test('are never above the block that was read, even if the node has more blocks by then', async () => {
    const { block, blockHash } = aNode(5);
    expect(await rememberChain(NOTHING, block(0), blockHash)).toEqual({ top: block(0), anchors: [] });
  });

  test('lack a block that the node has lost meanwhile', async () => {
    const { block, hash } = aNode(300);
    const lost = async (height: number) => (height < 199 ? hash(height) : undefined);
    expect(heightsOf(await rememberChain(NOTHING, block(299), lost))).toEqual([1]);
  });

  test('let every reorganisation of up to 100 blocks be followed from below its first block', async () => {
    const rounds = fc.array(fc.integer({ min: 1, max: 400 }), { maxLength: 12 });
    const depths = fc.integer({ min: 1, max: 100 });
    await fc.assert(
      fc.asyncProperty(rounds, depths, async (minedInRounds, depth) => {
        const { remember, mine, height, reorganise, blockHash } = aNode(102);
        let memory = await remember();
        for (const blocks of minedInRounds) {
          mine(blocks);
          memory = await remember(memory);
        }
        const firstReplaced = height() - depth;
        reorganise(depth);
        const compared = await compareChain(memory, blockHash);
        if (compared.is !== 'reorganised') throw new Error(compared.is);
        expect(compared.from).toBeLessThan(firstReplaced);
        // Otherwise a reorganisation of one block would read most of a long chain again.
        expect(firstReplaced - compared.from).toBeLessThanOrEqual(200);
      }),
    );
  });
});

/** A node whose chain ends with block `top`, and whose anchors were these. */
function withAnchors(heights: number[], top: number) {
  const node = aNode(top + 1);
  const memory = { anchors: heights.map(node.block) };
  return { ...node, rememberFrom: () => node.remember(memory) };
}
