import { setTimeout as sleep } from 'node:timers/promises';
import { houseWallet } from '#adapters/monero/house-wallet.ts';
import { moneroNode } from '#adapters/monero/node.ts';
import { connectWallet } from '#adapters/monero/wallet-rpc.ts';
import { asPiconero } from '#core/money/xmr.ts';
import { NodeUnavailable, WalletUnavailable } from '#core/unavailable.ts';
import { followWithdrawals } from '#core/withdrawals/follow-withdrawals.ts';
import { payWhenReachable } from '#core/withdrawals/pay-when-reachable.ts';
import { payWithdrawal } from '#core/withdrawals/pay-withdrawal.ts';
import type { Broadcast } from '#core/withdrawals/withdrawals.ts';
import { type OwnChain, type OwnWallet, ownChain } from '#tests/helpers/own-chain.ts';
import { until } from '#tests/helpers/until.ts';
import { ALICE, testWorld, XMR } from '#tests/helpers/world.ts';

/** Real programs that hang (SIGSTOP) or die (SIGKILL), under the adapters of payer and watcher. */
describe('wallet-rpc and monerod that hang or die', () => {
  const AMOUNT = asPiconero(100_000_000_001n);
  /** Longer than any call takes here, shorter than what hangs. */
  const SHORT_MS = 4_000;
  let chain: OwnChain;
  let house: OwnWallet;
  let outside: OwnWallet;

  const patient = () => houseWallet(house.login);
  const impatient = () => houseWallet(house.login, SHORT_MS);
  const node = () => moneroNode(chain.node.url);
  const to = () => ({
    address: outside.address,
    amountPiconero: AMOUNT,
    feeIncluded: false,
    maximumFeePiconero: asPiconero(XMR),
  });

  beforeAll(async () => {
    chain = await ownChain();
    [house, outside] = await Promise.all([chain.wallet('house'), chain.wallet('outside')]);
    // Past 86 blocks, where 0.18.0 never answers `transfer` (core/chain/releases.ts).
    await chain.mine(90, house.address);
  }, 180_000);

  // What hangs goes on, also after a test that failed, so that the next one starts from two programs that answer.
  afterEach(async () => {
    await chain.node.signal('SIGCONT');
    await house.signal('SIGCONT');
  });

  async function prepared() {
    const payment = await patient().prepare(to());
    if (typeof payment === 'string') throw new Error(payment);
    return payment;
  }

  const answersAgain = () =>
    until(
      () =>
        patient()
          .status()
          .then(
            ({ height }) => height,
            () => 0,
          ),
      (height) => height > 0,
      { withinMs: 60_000 },
    );

  test('a wallet that hangs is unavailable to every call in bounded time, and answers once it goes on', async () => {
    await house.signal('SIGSTOP');
    const wallet = impatient();
    await expect(wallet.primaryAddress()).rejects.toThrow(WalletUnavailable);
    await expect(wallet.status()).rejects.toThrow(WalletUnavailable);
    await expect(wallet.prepare(to())).rejects.toThrow(WalletUnavailable);
    await expect(wallet.newSubaddresses(1)).rejects.toThrow(WalletUnavailable);
    await house.signal('SIGCONT');
    expect(await wallet.primaryAddress()).toBe(house.address);
  }, 60_000);

  test('a wallet that died is unavailable, and answers once it is started again', async () => {
    const wallet = patient();
    await wallet.primaryAddress();
    await house.signal('SIGKILL');
    await expect(wallet.primaryAddress()).rejects.toThrow(WalletUnavailable);
    await house.start();
    expect(await wallet.primaryAddress()).toBe(house.address);
    await answersAgain();
  }, 60_000);

  test('a node that died makes every call to node and wallet unavailable, none a fault', async () => {
    const payment = await prepared();
    await chain.node.signal('SIGKILL');
    const calls = connectWallet(house.login);
    const destinations = [{ address: outside.address, amount: AMOUNT }];
    const transfer = () => calls.ask('transfer', { destinations, do_not_relay: true });
    await expect(transfer()).rejects.toThrow(WalletUnavailable); // -4
    await expect(calls.ask('get_transfers', { pool: true })).rejects.toThrow(WalletUnavailable); // 0, no message
    await expect(patient().prepare(to())).rejects.toThrow(WalletUnavailable); // -38
    await expect(patient().status()).rejects.toThrow(WalletUnavailable);
    await expect(patient().relay(payment)).rejects.toThrow(WalletUnavailable); // -4
    await expect(node().status()).rejects.toThrow(NodeUnavailable);
    await expect(node().send(payment.blob)).rejects.toThrow(NodeUnavailable);
    await chain.node.start();
    await answersAgain();
  }, 60_000);

  test.each([0, 40, 120])(
    'a node that dies %i ms into a payment makes it wait, never fail',
    async (ms) => {
      const preparing = patient()
        .prepare(to())
        .then(
          () => 'prepared',
          (error: Error) => error.name,
        );
      await sleep(ms);
      await chain.node.signal('SIGKILL');
      expect(['prepared', 'WalletUnavailable']).toContain(await preparing);
      await chain.node.start();
      await answersAgain();
    },
    60_000,
  );

  test('a node that hangs makes node and wallet unavailable in bounded time', async () => {
    await chain.node.signal('SIGSTOP');
    const asked = [
      expect(node().status()).rejects.toThrow(NodeUnavailable),
      expect(impatient().status()).rejects.toThrow(WalletUnavailable),
    ];
    await Promise.all(asked);
    await chain.node.signal('SIGCONT');
    await answersAgain();
  }, 90_000);

  /** Alice's order to the wallet outside, and a payer over the real wallet and node; `paidOnce` mines and counts. */
  async function aPayer() {
    const world = testWorld();
    world.give(ALICE, 5n * XMR);
    const { feePerBytePiconero } = await node().status();
    await world.heartbeats.write({ ...(await world.heartbeats.read())!, feePerBytePiconero });
    const id = await world.order(AMOUNT);
    const withdrawals = {
      ...world.withdrawals,
      get: async (asked: typeof id) => ({
        ...(await world.withdrawals.get(asked))!,
        address: outside.address,
      }),
    };
    const ports = { ...world.ports, withdrawals, wallet: patient(), node: node(), sleep };
    const arrived = async () => {
      await chain.mine(3, house.address);
      // For a moment after its node is back, 0.18.0 still answers -38.
      await until(
        () => outside.codeOf('refresh'),
        (code) => code === undefined,
      );
      type Arrived = { in?: { txid: string }[] };
      return (await outside.rpc.call<Arrived>('get_transfers', { in: true })).in ?? [];
    };
    const before = new Set((await arrived()).map(({ txid }) => txid));
    const paidOnce = async () => {
      const { txid, state } = (await world.withdrawals.get(id)) as Broadcast;
      expect(state).toBe('broadcast');
      // monerod takes a moment until it puts a new transaction into a block.
      for (let block = 0; block < 20 && (await node().find(txid)).in !== 'block'; block += 1)
        await chain.mine(1, house.address);
      const since = (await arrived()).filter((transfer) => !before.has(transfer.txid));
      expect(since.map((transfer) => transfer.txid)).toEqual([txid]);
    };
    /** Follows and pays as the schedule and the queue do while the chain moves on, until the payment is out. */
    const untilBroadcast = () =>
      until(
        async () => {
          const { state } = (await world.withdrawals.get(id))!;
          if (state === 'broadcast') return state;
          await chain.mine(1, house.address);
          await followWithdrawals(ports)();
          await payWhenReachable(ports)(id);
          return state;
        },
        (state) => state === 'broadcast',
      );
    return { world, id, ports, paidOnce, untilBroadcast };
  }

  test.each([0, 120, 400])(
    'a node that dies %i ms into a payment: it is paid once when the node is back',
    async (ms) => {
      const { id, ports, paidOnce, untilBroadcast } = await aPayer();
      const paying = payWhenReachable(ports)(id);
      await sleep(ms);
      await chain.node.signal('SIGKILL');
      await chain.node.start();
      // `left` if it died while the payment was relayed: that is in doubt until the chain moves on.
      expect(['done', 'left']).toContain(await paying);
      await untilBroadcast();
      await paidOnce();
    },
    120_000,
  );

  test('a node that hangs while a payment is relayed: the same message pays once when it goes on', async () => {
    const { id, ports, paidOnce } = await aPayer();
    const relay: typeof ports.wallet.relay = async (payment) => {
      await chain.node.signal('SIGSTOP');
      setTimeout(() => chain.node.signal('SIGCONT'), SHORT_MS + 1_000);
      return impatient().relay(payment);
    };
    expect(await payWhenReachable({ ...ports, wallet: { ...ports.wallet, relay } })(id)).toBe('done');
    await answersAgain();
    await paidOnce();
  }, 120_000);

  test('a node that hangs while a payment is relayed leaves it in doubt; it is followed, and arrives once', async () => {
    const { world, id, ports, paidOnce } = await aPayer();
    const relay: typeof ports.wallet.relay = async (payment) => {
      await chain.node.signal('SIGSTOP');
      return impatient().relay(payment);
    };
    expect(await payWithdrawal({ ...ports, wallet: { ...ports.wallet, relay } })(id)).toBe('retry');
    expect(await world.withdrawals.get(id)).toMatchObject({ state: 'prepared' });

    await chain.node.signal('SIGCONT');
    await answersAgain();
    await followWithdrawals(ports)();
    await paidOnce();
  }, 180_000);
});
