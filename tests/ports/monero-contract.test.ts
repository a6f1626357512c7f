import { request } from 'node:http';
import { houseWallet } from '#adapters/monero/house-wallet.ts';
import { moneroNode } from '#adapters/monero/node.ts';
import { oldMoneroWarning } from '#core/chain/releases.ts';
import { asPiconero, formatXmr, PICONERO_PER_XMR, parseXmr } from '#core/money/xmr.ts';
import { minedIn } from '#tests/helpers/mined-in.ts';
import { codeOf, type OwnChain, type OwnWallet, ownChain } from '#tests/helpers/own-chain.ts';
import { reorganise } from '#tests/helpers/rewrite-chain.ts';

/**
 * Facts about Monero's programs that this project relies on, on a chain of its own and by their plain RPC. A release
 * that changes one fails here, under the fact's name. `npm test -- --monero 0.18.0.0 --only ports contract` runs them
 * on another release; facts that differ between releases say so.
 */

/** Rewards until 9,100.000000000001 XMR are there (35.18 XMR each), and 60 blocks until the last of them unlocks. */
const REWARD_BLOCKS = 262;
const UNLOCK_BLOCKS = 60;
/** Signing 145 inputs takes seconds, and longer where the machine is busy. */
const SLOW_MS = 180_000;
/** A transfer on a short chain takes 0.4 s; what is not answered within this counts as never answered. */
const ANSWER_MS = 10_000;
const ABOVE_2_53 = parseXmr('9100.000000000001') as bigint;

type Transfer = {
  txid: string;
  amount: number | bigint;
  height: number;
  locked: boolean;
  double_spend_seen: boolean;
};
type Transfers = Partial<Record<'in' | 'pool' | 'out' | 'pending' | 'failed', Transfer[]>>;
type Sent = { tx_hash: string; fee: number; amount: number | bigint; tx_metadata: string; weight: number };

let chain: OwnChain;
let house: OwnWallet;
let outside: OwnWallet;
/** Whether this release is one before 0.18.4, or before 0.18.5. */
let isBefore4: boolean;
let isBefore5: boolean;

beforeAll(async () => {
  chain = await ownChain();
  [house, outside] = await Promise.all([chain.wallet('house'), chain.wallet('outside')]);
  await chain.mine(REWARD_BLOCKS, house.address);
  await chain.mine(UNLOCK_BLOCKS, outside.address);
  const { version } = await house.rpc.call<{ version: number }>('get_version');
  isBefore4 = oldMoneroWarning(version) !== undefined;
  isBefore5 = version <= 65_564;
  await refresh();
}, 600_000);

const refresh = (wallet = house) => wallet.rpc.call('refresh', {}, 120_000);
const mine = async (count: number) => {
  await chain.mine(count, outside.address);
  await refresh();
};
const transfersOf = (wallet = house) =>
  wallet.rpc.call<Transfers>('get_transfers', {
    in: true,
    pool: true,
    out: true,
    pending: true,
    failed: true,
  });
const find = (list: Transfer[] = [], txid: string) => list.filter((transfer) => transfer.txid === txid);
const balanceOf = async (wallet = house) => {
  const { balance } = await wallet.rpc.call<{ balance: number | bigint }>('get_balance');
  return BigInt(balance);
};
const prepare = (destinations: { address: string; amount: bigint }[], more: object = {}) => {
  const params = {
    destinations,
    priority: 1,
    do_not_relay: true,
    get_tx_metadata: true,
    get_tx_hex: true,
    ...more,
  };
  return house.rpc.call<Sent & { tx_blob: string; spent_key_images?: { key_images: string[] } }>(
    'transfer',
    params,
    120_000,
  );
};
const relay = (hex: string) => house.rpc.call<{ tx_hash: string }>('relay_tx', { hex });
const to = (amount: bigint, address = outside.address) => [{ address, amount }];
const mineIn = (txid: string) => minedIn(txid, moneroNode(chain.node.url), mine);

describe('amounts', () => {
  test(
    'a JSON number is exact above 2^53, in and out',
    async () => {
      const { uri } = await house.rpc.call<{ uri: string }>('make_uri', {
        address: house.address,
        amount: ABOVE_2_53,
      });
      const parsed = await house.rpc.call<{ uri: { amount: bigint } }>('parse_uri', { uri });
      expect(parsed.uri.amount).toBe(ABOVE_2_53);
    },
    SLOW_MS,
  );

  test(
    'a string of digits is a number before 0.18.5, and refused (-32602) since',
    async () => {
      const destinations = [{ address: outside.address, amount: '1000000' }];
      expect(await house.codeOf('transfer', { destinations, do_not_relay: true })).toBe(
        isBefore5 ? undefined : -32602,
      );
      expect(await house.codeOf('get_transfers', { in: true, min_height: '1' })).toBe(
        isBefore5 ? undefined : -32602,
      );
    },
    SLOW_MS,
  );
});

test(
  '145 inputs fit into one transaction with one destination, 146 do not (-18)',
  async () => {
    const { per_subaddress } = await house.rpc.call<{ per_subaddress: { num_unspent_outputs: number }[] }>(
      'get_balance',
    );
    expect(per_subaddress[0]!.num_unspent_outputs).toBeGreaterThan(146);
    const reward = BigInt(
      (
        await house.rpc.call<{ transfers: { amount: number }[] }>('incoming_transfers', {
          transfer_type: 'available',
        })
      ).transfers.at(-1)!.amount,
    );
    expect((await prepare(to(reward * 144n))).tx_blob.length).toBeGreaterThan(1);
    expect(await codeOf(prepare(to(reward * 147n)))).toBe(-18);
  },
  SLOW_MS,
);

test(
  '9,100.000000000001 XMR are paid and reported exactly by our adapter',
  async () => {
    // One transaction takes 145 coins of 35 XMR, so that they are joined first.
    const { tx_hash_list } = await house.rpc.call<{ tx_hash_list: string[] }>(
      'sweep_all',
      { address: house.address, account_index: 0, priority: 1 },
      120_000,
    );
    for (const txid of tx_hash_list) await mineIn(txid);
    await mine(10);
    const wallet = houseWallet(house.login);
    const payment = await wallet.prepare({
      address: outside.address,
      amountPiconero: asPiconero(ABOVE_2_53),
      feeIncluded: false,
      maximumFeePiconero: asPiconero(PICONERO_PER_XMR),
    });
    if (typeof payment === 'string') throw new Error(payment);
    await wallet.relay(payment);
    await mineIn(payment.txid);
    const receiver = houseWallet(outside.login);
    await receiver.status();
    const transfers = await receiver.incoming({ from: 0 });
    const arrived = transfers.filter(({ txid }) => txid === payment.txid);
    expect(arrived.map(({ amountPiconero }) => formatXmr(amountPiconero))).toEqual(['9100.000000000001']);
    await mine(10);
  },
  SLOW_MS,
);

describe('signing', () => {
  beforeAll(async () => {
    const coins = Array.from({ length: 10 }, () => to(10n * 10n ** 12n, house.address)[0]!);
    const { tx_metadata, tx_hash } = await prepare(coins);
    await relay(tx_metadata);
    await mineIn(tx_hash);
    await mine(10);
  }, SLOW_MS);

  test(
    '15 destinations fit, 16 do not (-18)',
    async () => {
      const destinations = (count: number) => Array.from({ length: count }, () => to(1_000_000n)[0]!);
      expect((await prepare(destinations(15))).tx_hash).toMatch(/^[0-9a-f]{64}$/);
      expect(await codeOf(prepare(destinations(16)))).toBe(-18);
    },
    SLOW_MS,
  );

  test(
    'two prepared in a row spend the same coins; frozen coins are left out and relay all the same',
    async () => {
      const one = await prepare(to(1_000_000n));
      const two = await prepare(to(1_000_000n));
      const images = (sent: typeof one) => sent.spent_key_images!.key_images;
      expect(images(two)).toEqual(images(one));
      const before = await balanceOf();
      for (const key_image of images(one)) await house.rpc.call('freeze', { key_image });
      expect(await balanceOf()).toBeLessThan(before);
      const other = images(await prepare(to(1_000_000n)));
      expect(other.some((image) => images(one).includes(image))).toBe(false);
      await relay(one.tx_metadata);
      await mineIn(one.tx_hash);
      await mine(10);
    },
    SLOW_MS,
  );

  test(
    'the fee comes out of what is sent from 0.18.4 on; before, it comes on top in silence',
    async () => {
      const amount = 1_000_000_000_000n;
      const sent = await prepare(to(amount), { subtract_fee_from_outputs: [0] });
      expect(BigInt(sent.amount)).toBe(isBefore4 ? amount : amount - BigInt(sent.fee));
    },
    SLOW_MS,
  );

  test(
    'more than there is, -17 or -37; an address that is none, -2',
    async () => {
      expect([-17, -37]).toContain(await codeOf(prepare(to(18_000_000n * 10n ** 12n))));
      expect(await codeOf(prepare(to(1_000_000n, 'no address')))).toBe(-2);
    },
    SLOW_MS,
  );

  test(
    'the node’s estimates are for the four priorities, and a payout pays the first',
    async () => {
      const { result } = await chain.ask('json_rpc/get_fee_estimate');
      expect(result.fees).toHaveLength(4);
      const { fee, weight } = await prepare(to(1_000_000n));
      const estimate = weight * result.fees[0];
      expect(Math.abs(fee - estimate)).toBeLessThan(estimate * 0.02);
    },
    SLOW_MS,
  );
});

describe('relaying', () => {
  test(
    'again while it is in the pool is harmless; after it was mined and refreshed it is a phantom, which scan_tx heals',
    async () => {
      const payment = await prepare(to(2_000_000n));
      await relay(payment.tx_metadata);
      const balance = await balanceOf();
      await relay(payment.tx_metadata);
      expect(await balanceOf()).toBe(balance);
      await mineIn(payment.tx_hash);
      await mine(10);
      const mined = await balanceOf();
      await relay(payment.tx_metadata).catch(() => {});
      expect(find((await transfersOf()).pending, payment.tx_hash)).toHaveLength(1);
      expect(await balanceOf()).not.toBe(mined);
      await house.rpc.call('scan_tx', { txids: [payment.tx_hash] });
      expect(find((await transfersOf()).pending, payment.tx_hash)).toEqual([]);
      expect(await balanceOf()).toBe(mined);
    },
    SLOW_MS,
  );

  test(
    'the node takes the same bytes again, and refuses a rival',
    async () => {
      const [one, rival] = [await prepare(to(3_000_000n)), await prepare(to(3_000_000n))];
      const node = moneroNode(chain.node.url);
      expect(await node.send(one.tx_blob)).toBe('accepted');
      expect(await node.send(one.tx_blob)).toBe('accepted');
      expect(await node.send(rival.tx_blob)).toBe('refused');
      await mineIn(one.tx_hash);
      await mine(10);
    },
    SLOW_MS,
  );
});

describe('subaddresses', () => {
  test(
    'create_address makes up to 64 at once before 0.18.5, and more since',
    async () => {
      expect(await house.codeOf('create_address', { account_index: 0, count: 64 })).toBeUndefined();
      expect((await house.codeOf('create_address', { account_index: 0, count: 65 })) === undefined).toBe(
        !isBefore5,
      );
    },
    SLOW_MS,
  );

  test(
    'a crash forgets those that were not stored: index 199 is seen, 300 only after it was made again and scanned',
    async () => {
      const wallet = await chain.wallet('forgetful');
      const made: { addresses: string[] }[] = [];
      for (let at = 0; at < 5; at += 1)
        made.push(await wallet.rpc.call('create_address', { account_index: 0, count: 64 }));
      const address = (index: number) => made.flatMap(({ addresses }) => addresses)[index - 1]!;
      await wallet.signal('SIGKILL');
      await wallet.start();
      const sent = await outside.rpc.call<Sent>('transfer', {
        destinations: [...to(1_000_000n, address(199)), ...to(1_000_000n, address(300))],
      });
      await mineIn(sent.tx_hash);
      await refresh(wallet);
      const indexes = async () => {
        const { in: mined = [] } = await wallet.rpc.call<{ in?: { subaddr_index: { minor: number } }[] }>(
          'get_transfers',
          {
            in: true,
          },
        );
        return [...new Set(mined.map(({ subaddr_index }) => subaddr_index.minor))].sort((a, b) => a - b);
      };
      expect(await indexes()).toEqual([199]);
      // Having seen 199, the wallet goes on after it, with the same addresses as before.
      type Made = { addresses: string[]; address_indices: number[] };
      const again = await wallet.rpc.call<Made>('create_address', { account_index: 0, count: 64 });
      expect(again.address_indices[0]).toBe(200);
      expect(again.addresses).toEqual(again.address_indices.map(address));
      await wallet.rpc.call('create_address', { account_index: 0, count: 64 });
      expect(await indexes()).toEqual([199]);
      await wallet.rpc.call('scan_tx', { txids: [sent.tx_hash] });
      expect(await indexes()).toEqual([199, 300]);
    },
    SLOW_MS,
  );
});

describe('reading', () => {
  test(
    'a transfer is in the pool, then mined and locked, and unlocks at 10 confirmations',
    async () => {
      const { tx_hash: txid } = await outside.rpc.call<Sent>('transfer', {
        destinations: to(5_000_000n, house.address),
      });
      await refresh();
      expect(find((await transfersOf()).pool, txid)).toHaveLength(1);
      await mineIn(txid);
      await mine(8);
      expect(find((await transfersOf()).in, txid)).toMatchObject([{ locked: true }]);
      await mine(1);
      expect(find((await transfersOf()).in, txid)).toMatchObject([{ locked: false }]);
    },
    SLOW_MS,
  );

  test(
    'min_height leaves out the block of that height itself',
    async () => {
      const [mined] = (await transfersOf()).in!;
      const above = (min_height: number) =>
        house.rpc.call<Transfers>('get_transfers', { in: true, filter_by_height: true, min_height });
      expect(find((await above(mined!.height)).in, mined!.txid)).toEqual([]);
      expect(find((await above(mined!.height - 1)).in, mined!.txid)).toHaveLength(1);
    },
    SLOW_MS,
  );

  test(
    'scan_tx of an unknown transaction is -1, of a malformed one -8',
    async () => {
      expect(await house.codeOf('scan_tx', { txids: ['ab'.repeat(32)] })).toBe(-1);
      expect(await house.codeOf('scan_tx', { txids: ['no txid'] })).toBe(-8);
    },
    SLOW_MS,
  );
});

test(
  'a reorganisation takes a transfer out of the chain; mined again it is there at its new height',
  async () => {
    const { tx_hash: txid } = await outside.rpc.call<Sent>('transfer', {
      destinations: to(7_000_000n, house.address),
    });
    await mineIn(txid);
    const [before] = find((await transfersOf()).in, txid);
    const { height } = await chain.node.rpc.info();
    await reorganise(chain.node.url, height - before!.height, outside.address);
    await refresh();
    expect(find((await transfersOf()).in, txid)).toEqual([]);
    expect(await moneroNode(chain.node.url).find(txid)).toEqual({ in: 'pool' });
    await mineIn(txid);
    const [after] = find((await transfersOf()).in, txid);
    expect(after!.height).toBeGreaterThan(before!.height);
  },
  SLOW_MS,
);

/** What releases of core/chain/releases.ts do wrong, and later ones right. */
describe('known faults', () => {
  test(
    'a long reply is whole although the client closes the connection; before 0.18.5 it may be cut',
    async () => {
      const body = JSON.stringify({
        jsonrpc: '2.0',
        id: '0',
        method: 'get_block_headers_range',
        params: { start_height: 0, end_height: (await chain.node.rpc.info()).height - 1 },
      });
      const received = await new Promise<{ length: number; announced: number }>((resolve, reject) => {
        const url = `${chain.node.url}/json_rpc`;
        const headers = { connection: 'close', 'content-length': String(body.length) };
        const asked = request(url, { method: 'POST', agent: false, headers }, (response) => {
          let length = 0;
          const announced = Number(response.headers['content-length']);
          response.on('data', (chunk: Buffer) => {
            length += chunk.length;
          });
          response.on('close', () => resolve({ length, announced }));
          response.on('error', () => {});
        });
        asked.on('error', reject).end(body);
      });
      expect(received.announced).toBeGreaterThan(130_890);
      // Whether an older one cuts it depends on how fast the client reads.
      expect(isBefore5 || received.length === received.announced).toBe(true);
    },
    SLOW_MS,
  );

  test(
    'scan_tx adds nothing for a known output; before 0.18.4 a second entry of amount 0',
    async () => {
      const sent = await outside.rpc.call<Sent>('transfer', { destinations: to(4_000_000n, house.address) });
      await mineIn(sent.tx_hash);
      await house.rpc.call('scan_tx', { txids: [sent.tx_hash] });
      const amounts = find((await transfersOf()).in, sent.tx_hash).map(({ amount }) => amount);
      expect(amounts.sort()).toEqual(isBefore4 ? [0, 4_000_000] : [4_000_000]);
    },
    SLOW_MS,
  );

  test(
    'a transfer is answered on a chain of 86 blocks; before 0.18.4 never, nor is a later call until a restart',
    async () => {
      const young = await ownChain();
      const payer = await young.wallet('payer');
      const answers = (method: string, params = {}) =>
        payer.rpc.call(method, params, ANSWER_MS).then(
          () => true,
          () => false,
        );
      const transfer = { destinations: to(1_000_000n), do_not_relay: true };
      await young.mine(85, payer.address);
      await payer.rpc.call('refresh');
      expect(await answers('transfer', transfer)).toBe(!isBefore4);
      expect(await answers('get_version')).toBe(!isBefore4);
      await payer.signal('SIGKILL');
      await payer.start();
      await young.mine(1, payer.address);
      await payer.rpc.call('refresh');
      expect(await answers('transfer', transfer)).toBe(true);
    },
    SLOW_MS,
  );

  test(
    'after a crash the wallet finds in the pool what it relayed; before 0.18.5 it has forgotten it',
    async () => {
      await house.rpc.call('store');
      const payment = await prepare(to(6_000_000n));
      await relay(payment.tx_metadata);
      await house.signal('SIGKILL');
      await house.start();
      await refresh();
      const code = await house.codeOf('get_transfer_by_txid', { txid: payment.tx_hash });
      expect(code).toBe(isBefore5 ? -8 : undefined);
    },
    SLOW_MS,
  );
});
