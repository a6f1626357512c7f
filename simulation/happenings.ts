import type { Halts } from '#core/halts/halts.ts';
import { SCHEDULES, TRADE_STEPS, type TradeStep } from './acts.ts';
import type { KnownTrade } from './auditor/trades.ts';
import { signedToken } from './fakes.ts';
import type { Scene } from './scene.ts';

/** A possible next event, with its weight relative to the others. */
type Happening = readonly [weight: number, happen: (scene: Scene) => Promise<void> | void];

const trades = ({ auditor }: Scene) => [...auditor.trades.trades.values()];

const partyOf = ({ random }: Scene, { buyer, seller }: KnownTrade) => random.pick([buyer, seller]);

/** The steps that a person would take next, by the state of the trade. */
const USUAL: Record<KnownTrade['state'], readonly (readonly [TradeStep, 'buyer' | 'seller' | 'either'])[]> = {
  unpaid: [
    ['confirmPaymentSent', 'buyer'],
    ['confirmPaymentSent', 'buyer'],
    ['cancelTrade', 'buyer'],
  ],
  paid: [
    ['confirmPaymentReceived', 'seller'],
    ['confirmPaymentReceived', 'seller'],
    ['openDispute', 'either'],
    ['openDispute', 'either'],
    ['requestCancellation', 'either'],
    ['acceptCancellation', 'either'],
    ['retractCancellation', 'either'],
    ['cancelTrade', 'buyer'],
  ],
  disputed: [
    ['requestCancellation', 'either'],
    ['acceptCancellation', 'either'],
    ['confirmPaymentReceived', 'seller'],
  ],
  ended: [],
};

async function usualStep(scene: Scene) {
  const { random, auditor, world } = scene;
  const open = auditor.trades.open();
  if (open.length === 0) return;
  const trade = random.pick(open);
  // Most wait until the last minute, so that many trades expire.
  const leftMs = trade.expiresAt - world.time.present;
  if (trade.state === 'unpaid' && leftMs > 60_000 && random.chance(0.7)) return;
  if (trade.state === 'disputed' && random.chance(0.6)) return decide(scene, trade);
  const [step, by] = random.pick(USUAL[trade.state]);
  const sender = by === 'either' ? partyOf(scene, trade) : trade[by];
  const request = scene.request(sender, step, { tradeId: trade.id, reason: 'no money came' });
  await scene.start(request);
  // An impatient person, or two tabs.
  if (random.chance(0.15))
    await scene.start(random.chance(0.5) ? request : { ...request, key: scene.newKey() });
}

async function decide(scene: Scene, { id, amount }: KnownTrade) {
  const part = scene.random.pick([0n, amount, amount / 3n]);
  await scene.start(
    scene.request('mod-a', 'resolveDispute', { tradeId: id, buyerXmr: part, note: 'decided' }),
  );
}

async function takeOffer(scene: Scene) {
  const { random, auditor } = scene;
  const offers = [...auditor.trades.offers.values()];
  if (offers.length === 0) return;
  // Some people still see an offer that was closed meanwhile.
  const open = offers.filter(({ isOpen }) => isOpen);
  const offer = random.pick(open.length > 0 && random.chance(0.9) ? open : offers);
  const amount = random.chance(0.5)
    ? { amountXmr: scene.amount(100, 3_000) }
    : { amountFiat: `${random.between(20, 300)}.00` };
  const request = scene.request(scene.anybody(), 'startTrade', { offerId: offer.id, ...amount });
  await scene.start(request);
  if (random.chance(0.1)) await scene.start(request);
}

async function createOffer(scene: Scene) {
  const { random } = scene;
  const owner = scene.anybody();
  const side = random.pick(['sell', 'sell', 'buy'] as const);
  await scene.start(
    scene.request(owner, 'createOffer', {
      side,
      currency: 'EUR',
      price: { kind: 'fixed', fiatPerXmr: `${random.between(120, 180)}.00` },
      minFiat: '10.00',
      maxFiat: '900.00',
      methods: ['sepa'],
      paymentWindowMinutes: random.pick([15, 30, 60]),
      ...(side === 'sell' && { paymentAccountIds: [`pay-${owner}`] }),
    }),
  );
}

async function changeOffer(scene: Scene) {
  const { random, auditor } = scene;
  const offers = [...auditor.trades.offers.values()];
  if (offers.length === 0) return;
  const { id, owner, version } = random.pick(offers);
  const sender = random.chance(0.8) ? owner : scene.anybody();
  const request = random.chance(0.2)
    ? scene.request(sender, 'closeOffer', { offerId: id })
    : scene.request(sender, 'updateOffer', { offerId: id, version, state: random.pick(['open', 'paused']) });
  await scene.start(request);
}

/** The address of a withdrawal: of an outside wallet, or a deposit address of a member. `undefined` if none is left. */
function destination(scene: Scene): string | undefined {
  const { random, auditor } = scene;
  const given = auditor.deposits.given();
  return given.length > 0 && random.chance(0.3) ? random.pick(given) : scene.newPayee();
}

async function withdraw(scene: Scene) {
  const { random } = scene;
  const address = destination(scene);
  if (!address) return;
  const sender = scene.anybody();
  const amount = random.chance(0.1)
    ? { max: true }
    : { amountXmr: random.chance(0.1) ? scene.amount(20_000, 60_000) : scene.amount(10, 4_000) };
  const request = scene.request(sender, 'requestWithdrawal', { address, ...amount });
  await scene.start(request);
  if (random.chance(0.15)) await scene.start(request);
}

/** The whole balance is spent several times at once. */
async function spendAtOnce(scene: Scene) {
  const { auditor, random } = scene;
  const sender = scene.anybody();
  const { available } = auditor.balances.of(sender);
  const fee = 300_000_000n;
  if (available <= fee * 10n) return;
  const given = auditor.deposits.given().filter((address) => auditor.ownerOf(address) !== sender);
  for (let times = random.between(2, 6); times > 0; times -= 1) {
    const address = given.length > 0 && random.chance(0.7) ? random.pick(given) : scene.newPayee();
    if (!address) return;
    await scene.start(scene.request(sender, 'requestWithdrawal', { address, amountXmr: available - fee }));
  }
}

/** Many small withdrawals, trades or deposit addresses of one account at once, above its limits. */
async function flood(scene: Scene) {
  const { random, auditor } = scene;
  const sender = scene.anybody();
  const kind = random.below(3);
  const offers = [...auditor.trades.offers.values()].filter(({ isOpen }) => isOpen);
  for (let times = 8; times > 0; times -= 1) {
    const address = kind === 0 ? scene.newPayee() : undefined;
    if (address)
      await scene.start(
        scene.request(sender, 'requestWithdrawal', { address, amountXmr: scene.amount(10, 20) }),
      );
    if (kind === 1 && offers.length > 0)
      await scene.start(
        scene.request(sender, 'startTrade', {
          offerId: random.pick(offers).id,
          amountXmr: scene.amount(100, 200),
        }),
      );
    if (kind === 2)
      for (let four = 4; four > 0; four -= 1)
        await scene.start(scene.request(sender, 'newDepositAddress', {}));
  }
}

async function repeat(scene: Scene) {
  const { random, unanswered } = scene;
  if (unanswered.length === 0) return;
  const [request] = unanswered.splice(random.below(unanswered.length), 1);
  // The repeated request has a new code, because the old one may be used up.
  const { code: _, ...rest } = request!.input;
  const again = scene.request(request!.sender, request!.operation, rest);
  await scene.start(request!.theft ? request! : { ...again, key: request!.key ?? again.key! });
}

const USERS: readonly Happening[] = [
  [30, usualStep],
  [9, takeOffer],
  [4, createOffer],
  [3, changeOffer],
  [9, withdraw],
  [1, spendAtOnce],
  [0.6, flood],
  [8, repeat],
  [3, (scene) => scene.start(scene.request(scene.anybody(), 'newDepositAddress', {}))],
  [2, (scene) => scene.start(scene.request(scene.anybody(), 'getWallet', {}))],
  [1, (scene) => scene.start(scene.request(scene.anybody(), 'listEntries', {}))],
];

/** A step on any trade by anybody, with false claims in the body that a server might believe. */
async function falseStep(scene: Scene) {
  const { random } = scene;
  const open = scene.auditor.trades.open();
  const known = open.length > 0 && random.chance(0.7) ? open : trades(scene).slice(-12);
  if (known.length === 0) return;
  const { id, buyer, seller, amount } = random.pick(known);
  const sender = scene.anybody();
  const claims = {
    accountId: seller,
    buyerId: sender,
    sellerId: buyer,
    role: 'arbitrator',
    isModerator: true,
    state: 'payment_sent',
  };
  const step = random.pick([...TRADE_STEPS, 'resolveDispute'] as const);
  const buyerXmr = random.pick([amount, 0n, amount * 2n]);
  const input = { tradeId: id, reason: 'r', note: 'n', buyerXmr, ...claims };
  await scene.start(scene.request(sender, step, input));
}

/** Signing keys that attackers try. The older system had a published one. */
const KNOWN_KEYS = ['secret', 'changeme', 'your-secret-key', ''];

async function forgedToken(scene: Scene) {
  const { random } = scene;
  const address =
    scene.auditor.deposits.given().find((one) => scene.auditor.ownerOf(one) === 'mallory') ??
    scene.newPayee();
  if (!address) return;
  const victim = random.pick(['carol', 'dave']);
  const request = scene.request('mallory', 'requestWithdrawal', {
    address,
    amountXmr: scene.amount(10, 100),
  });
  await scene.start({
    ...request,
    token: signedToken(victim, random.pick(KNOWN_KEYS)),
    theft: 'forged token',
  });
}

/** A request with a stolen session, without the second factor. */
async function stolenSession(scene: Scene) {
  const { random, auditor } = scene;
  const victim = random.pick(['alice', 'bob']);
  const address = scene.newPayee();
  const trade = auditor.trades.open().find(({ seller, state }) => seller === victim && state !== 'unpaid');
  const how = { robbed: victim };
  if (trade)
    await scene.start(scene.request('mallory', 'confirmPaymentReceived', { tradeId: trade.id }, how));
  else if (address)
    await scene.start(
      scene.request('mallory', 'requestWithdrawal', { address, amountXmr: scene.amount(10, 100) }, how),
    );
}

/** The account of another in the body, which the older system believed. */
async function claimedAccount(scene: Scene) {
  const { random } = scene;
  const claims = { accountId: random.pick(['alice', 'bob', 'carol', 'dave']) };
  const address = scene.newPayee();
  const reading = random.pick(['getWallet', 'listEntries'] as const);
  if (random.chance(0.5) || !address) await scene.start(scene.request('mallory', reading, claims));
  else
    await scene.start(
      scene.request('mallory', 'requestWithdrawal', { ...claims, address, amountXmr: scene.amount(10, 100) }),
    );
}

async function spy(scene: Scene) {
  const { random, auditor } = scene;
  const known = trades(scene);
  const withdrawals = [...auditor.payouts.withdrawals.keys()];
  if (withdrawals.length > 0 && random.chance(0.4))
    await scene.start(
      scene.request(scene.anybody(), 'getWithdrawal', { withdrawalId: random.pick(withdrawals) }),
    );
  else if (known.length > 0)
    await scene.start(scene.request(scene.anybody(), 'getTrade', { tradeId: random.pick(known).id }));
}

const ATTACKERS: readonly Happening[] = [
  [10, falseStep],
  [1.5, forgedToken],
  [1, stolenSession],
  [1.5, claimedAccount],
  [3, spy],
];

async function deliverMessage(scene: Scene) {
  const { random, world } = scene;
  const { messages } = world.stores.queue;
  if (messages.length === 0) return;
  const at = random.below(messages.length);
  const withdrawalId = messages[at]!;
  if (!random.chance(0.15)) messages.splice(at, 1);
  await scene.start({ kind: 'message', name: 'payWithdrawal', withdrawalId });
}

function deposit(scene: Scene) {
  const { random, auditor, world } = scene;
  const given = auditor.deposits.given();
  if (given.length === 0) return;
  const unlockHeight = random.chance(0.06) ? world.chain.height() + random.between(12, 40) : undefined;
  scene.payIn(random.pick(given), scene.amount(10, 4_000), unlockHeight);
}

/** Replaces blocks. Some of their transactions never return, because their senders spent the coins elsewhere. */
function reorganise(scene: Scene) {
  const { random, auditor } = scene;
  const depth = random.chance(0.3) ? random.between(10, 18) : random.between(1, 4);
  auditor.lastReorganisation = scene.step;
  scene.changeChain(`${depth} blocks are replaced`, (chain) => {
    chain.reorganise(depth);
    for (const [txid, { keyImages }] of [...chain.pool])
      if (keyImages[0]!.startsWith('outside-') && random.chance(0.25)) chain.pool.delete(txid);
  });
}

function dropFromPool(scene: Scene) {
  scene.changeChain('a transaction leaves the pool', ({ pool }) => {
    for (const [txid, { keyImages }] of pool)
      if (keyImages[0]!.startsWith('outside-')) return void pool.delete(txid);
  });
}

/** Restores the wallet from its keys, or makes it lose a deposit that the house follows. */
function forget(scene: Scene) {
  const { random, world } = scene;
  const { wallet, deposits } = world.stores;
  const reported = deposits.all().filter(({ state }) => state === 'seen' || state === 'credited');
  const isRestored = random.chance(0.5) || reported.length === 0;
  scene.note(isRestored ? 'the wallet is restored' : 'the wallet forgets a deposit');
  if (isRestored) wallet.restore();
  else wallet.lose(random.pick(reported).txid);
}

function outage(scene: Scene) {
  const part = scene.random.pick(['wallet', 'node', 'queue', 'database']);
  scene.note(`the ${part} is down`);
  scene.down.set(part, scene.step + scene.random.between(10, part === 'database' ? 30 : 200));
}

/** The halt that forbids each of these calls. */
const HALTED = new Map([
  ['trades.start', 'takes'],
  ['withdrawals.saveAsPrepared', 'payouts'],
] as const);

/** Sets or lifts a halt, preferably right before the write that it forbids, because that is the race to test. */
function halt(scene: Scene) {
  const { random, auditor, world } = scene;
  const about = [...HALTED].find(([call]) => world.processes.calls.some(({ name }) => name === call));
  const name = about?.[1] ?? random.pick(['takes', 'payouts'] as const);
  const isOn = !auditor.halts[name] && random.chance(about ? 0.7 : 0.2);
  const { halts } = world.stores;
  const { [name]: _, ...others } = halts.now();
  const next: Halts = {
    ...others,
    ...(isOn && { [name]: { reason: 'test', since: world.time.present } }),
    version: halts.now().version + 1,
  };
  halts.change(next);
  auditor.halts[name] = isOn;
  scene.note(`${name} are ${isOn ? 'halted' : 'allowed'}`);
}

/** Lets time pass, and runs the expiry timer if it is due. */
function timePasses(scene: Scene): Promise<void> | undefined {
  scene.pass(scene.random.between(1, 180) * 1_000);
  return scene.isTimerDue() ? scene.schedule('expireTrades') : undefined;
}

const jump = (scene: Scene) =>
  scene.pass(
    scene.random.chance(0.6)
      ? scene.random.between(600, 10_000) * 1_000
      : -scene.random.between(1, 300) * 1_000,
  );

const OUTSIDE: readonly Happening[] = [
  [16, timePasses],
  [0.5, jump],
  [8, (scene) => scene.changeChain('blocks are mined', (chain) => chain.mine(scene.random.between(1, 3)))],
  [1.2, reorganise],
  [1, dropFromPool],
  [5, deposit],
  [0.6, forget],
  [0.5, outage],
  [3, halt],
];

const PROGRAMS: readonly Happening[] = [
  [12, deliverMessage],
  [5, (scene) => scene.schedule('watchDeposits')],
  [4, (scene) => scene.schedule('followWithdrawals')],
  [0.5, (scene) => scene.schedule('expireTrades')],
  [0.5, (scene) => scene.schedule('freeHolds')],
  [2, (scene) => scene.schedule('deliverEvents')],
];

const ALL = [...USERS, ...ATTACKERS, ...OUTSIDE, ...PROGRAMS];
const TOTAL = ALL.reduce((sum, [weight]) => sum + weight, 0);
const GRAINS = 1_000;

/** Draws one happening by weight, and starts it. */
export function happen(scene: Scene): Promise<void> | void {
  let at = scene.random.below(TOTAL * GRAINS) / GRAINS;
  for (const [weight, happening] of ALL) {
    at -= weight;
    if (at < 0) return happening(scene);
  }
}

/**
 * The end of a world: every part works, and no new request is sent. Each round lets time and blocks pass, and runs all
 * schedules.
 *
 * @returns the happenings in their order
 */
export function* calm(scene: Scene, rounds: number): Generator<() => Promise<void> | void> {
  const { halts, queue } = scene.world.stores;
  scene.isCalm = true;
  halts.change({ version: halts.now().version + 1 });
  scene.auditor.halts.takes = false;
  scene.auditor.halts.payouts = false;
  for (let round = 0; round < rounds; round += 1) {
    yield () => scene.pass(300_000);
    yield () => scene.changeChain('blocks are mined', (chain) => chain.mine(4));
    for (const name of SCHEDULES) yield () => scene.schedule(name);
    for (const withdrawalId of queue.messages.splice(0))
      yield () => scene.start({ kind: 'message', name: 'payWithdrawal', withdrawalId });
  }
}
