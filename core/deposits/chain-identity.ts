/** A block, known by its hash. */
export type KnownBlock = { height: number; hash: string };

/** The hash of the node's block at a height; `undefined` above its newest block. Throws `NodeUnavailable`. */
type BlockHash = (height: number) => Promise<string | undefined>;

/**
 * How deep a reorganisation is believed. A chain that differs further down is another chain. It is the depth at which
 * monero-wallet-rpc itself stops to follow one (monero: wallet2's max-reorg-depth, ORPHANED_BLOCKS_MAX_COUNT).
 */
const MAX_REORGANISATION_BLOCKS = 100;

/** Genesis is the same on every private chain; the block after it has its miner's own transaction. */
const FIRST_MINED = 1;

/** Blocks of the chain that the tables speak of, each known by its hash. */
export type ChainMemory = {
  /** The newest block of the last complete reading. */
  top?: KnownBlock;
  /** Two that no reorganisation reaches: the first mined one, and one `MAX_REORGANISATION_BLOCKS` or more deep. */
  anchors: readonly KnownBlock[];
};

/**
 * The node's chain beside the one that is remembered.
 *
 * - `same`: the remembered top is still in it
 * - `reorganised`: blocks from `from` on may have been replaced
 * - `behind`: it ends below the remembered top
 * - `other`: a block that no reorganisation reaches is another one there
 */
export type ChainComparison =
  | { is: 'same' }
  | { is: 'reorganised'; from: number }
  | { is: 'behind'; remembered: number }
  | { is: 'other'; at: KnownBlock; found: string };

/** @throws NodeUnavailable */
export async function compareChain(
  { top, anchors }: ChainMemory,
  blockHash: BlockHash,
): Promise<ChainComparison> {
  for (const at of anchors) {
    const found = await blockHash(at.height);
    if (found !== undefined && found !== at.hash) return { is: 'other', at, found };
  }
  if (!top) return { is: 'same' };
  const found = await blockHash(top.height);
  if (found === undefined) return { is: 'behind', remembered: top.height };
  if (found === top.hash) return { is: 'same' };
  return { is: 'reorganised', from: Math.max(0, ...anchors.map(({ height }) => height)) };
}

/**
 * The memory after the chain was read up to `top`. The deep anchor moves up once it lies twice as deep as it must, so
 * that it is asked for seldom.
 *
 * @throws NodeUnavailable
 */
export async function rememberChain(
  { anchors }: ChainMemory,
  top: KnownBlock,
  blockHash: BlockHash,
): Promise<ChainMemory> {
  const newest = Math.max(0, ...anchors.map(({ height }) => height));
  const isFar = top.height - newest > 2 * MAX_REORGANISATION_BLOCKS;
  const wanted = [FIRST_MINED, isFar ? top.height - MAX_REORGANISATION_BLOCKS : newest].filter(
    (height, at, all) => height >= FIRST_MINED && height <= top.height && all.indexOf(height) === at,
  );
  const known = new Map(anchors.map((block) => [block.height, block]));
  const blocks: KnownBlock[] = [];
  for (const height of wanted) {
    const hash = known.get(height)?.hash ?? (await blockHash(height));
    if (hash) blocks.push({ height, hash });
  }
  return { top, anchors: blocks };
}
