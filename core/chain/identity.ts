/** A block's height and hash. */
export type KnownBlock = { height: number; hash: string };

/** The hash of the node's block at a height; `undefined` above its newest block. Throws `NodeUnavailable`. */
type BlockHash = (height: number) => Promise<string | undefined>;

/**
 * The deepest reorganisation that is followed. A chain that differs further down counts as another chain.
 * monero-wallet-rpc follows none that is deeper either (monero: wallet2's max-reorg-depth, ORPHANED_BLOCKS_MAX_COUNT).
 */
const MAX_REORGANISATION_BLOCKS = 100;

/** Height of the first block that can differ between private chains, because all have the same genesis block. */
const FIRST_MINED = 1;

/** Remembered blocks of the chain that the stored deposits belong to. */
export type ChainMemory = {
  /** The newest block of the last complete round. */
  top?: KnownBlock;
  /** Blocks that no reorganisation reaches: the first mined one, and one at least `MAX_REORGANISATION_BLOCKS` deep. */
  anchors: readonly KnownBlock[];
};

/**
 * The node's chain compared with the remembered one.
 *
 * - `same`: it has the remembered top
 * - `reorganised`: blocks from height `from` may have been replaced
 * - `behind`: it ends below the remembered top
 * - `other`: one of the anchors has another hash
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
 * The memory after the chain was read up to `top`. The deep anchor moves up only when it is more than twice as deep as
 * required, so that its hash is rarely requested.
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
