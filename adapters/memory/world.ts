import { randomBytes } from 'node:crypto';
import { fieldFormats } from '#adapters/payment-formats/field-formats.ts';
import { cleanPicture } from '#adapters/pictures/clean-picture.ts';
import { aesGcm } from '#adapters/secrets/aes-gcm.ts';
import { randomSecrets } from '#adapters/secrets/random-secrets.ts';
import { ulids } from '#adapters/system/ids.ts';
import { otplibTotp } from '#adapters/totp/otplib-totp.ts';
import { simpleWebAuthn } from '#adapters/webauthn/simple-webauthn.ts';
import type { AccessTokenSigner } from '#core/accounts/ports.ts';
import { stepUp } from '#core/accounts/second-factor.ts';
import { signInThrottle } from '#core/accounts/throttle.ts';
import { audit } from '#core/audit/audit.ts';
import { asInstant, later, MINUTE_MS } from '#core/time.ts';
import { SMALLEST_WITHDRAWAL_PICONERO } from '#core/withdrawals/limits.ts';
import { memoryAccounts } from './accounts.ts';
import { memoryAddresses } from './addresses.ts';
import { type MemoryBooks, memoryBooks } from './books.ts';
import { type MemoryChain, memoryChain } from './chain.ts';
import { memoryClock } from './clock.ts';
import { memoryConnections, memoryMarketHints } from './connections.ts';
import { memoryDeletions } from './deletions.ts';
import { memoryDeposits } from './deposits.ts';
import { memoryDisputes } from './disputes.ts';
import { memoryFaucet } from './faucet.ts';
import { memoryHalts } from './halts.ts';
import { memoryHeartbeats } from './heartbeats.ts';
import { memoryHintSender, memoryHints } from './hints.ts';
import { type HouseWalletOptions, memoryHouseWallet } from './house-wallet.ts';
import { memoryLedger } from './ledger.ts';
import { memoryMailer, memoryMailQueue, memoryMailTokens } from './mail.ts';
import { memoryModeration } from './moderation.ts';
import { memoryNode } from './node.ts';
import { memoryNotices } from './notices.ts';
import { memoryOffers } from './offers.ts';
import { memoryOutbox } from './outbox.ts';
import { memoryPasswords } from './passwords.ts';
import { memoryPayerLease, type PayerItem } from './payer-lease.ts';
import { memoryPaymentAccounts } from './payment-accounts.ts';
import { memoryPayoutQueue } from './payout-queue.ts';
import { memoryPeople } from './people.ts';
import { memoryPictures } from './pictures.ts';
import { memoryPrices } from './prices.ts';
import { memoryReputation } from './reputation.ts';
import { type MemorySecondFactors, memorySecondFactors } from './second-factors.ts';
import { memoryChallenges, memorySessions } from './sessions.ts';
import { memoryBuckets, memoryKnownPlaces } from './sessions-throttle.ts';
import { memoryTalks } from './talks.ts';
import { memoryTrades } from './trades.ts';
import { memoryWatchStates } from './watch-states.ts';
import { memoryWithdrawals } from './withdrawals.ts';

/** Start time of every world, which is also the start of a TOTP time step. */
const BEGIN = asInstant(1_700_000_010_000);

const SITE_ORIGIN = 'https://pupero.example';

/** Fake access tokens, which contain the session's id and their own. */
const accessTokens: AccessTokenSigner = {
  sign: async (caller, id, now) => ({
    accessToken: `${caller.sessionId} ${id}`,
    accessTokenExpiresAt: later(now, 15 * MINUTE_MS),
  }),
};

/** A wallet's coins and fee; by default five coins of 1,000 XMR each. */
export type WorldOptions = { wallet?: HouseWalletOptions };

const codeChecks = () => ({
  totp: otplibTotp,
  webAuthn: simpleWebAuthn(SITE_ORIGIN),
  cipher: aesGcm(randomBytes(32)),
  secrets: randomSecrets,
});

const paymentAccountsOver = (others: { books: MemoryBooks; factors: MemorySecondFactors }) => ({
  paymentAccounts: memoryPaymentAccounts(others),
  fieldFormats,
  detailsCipher: aesGcm(randomBytes(32)),
});

/** The ports of events, notices and hints. */
const newsPorts = (books: MemoryBooks) => ({
  outbox: memoryOutbox(books),
  notices: memoryNotices(books),
  hints: memoryHints(),
  connections: memoryConnections(),
  marketHints: memoryMarketHints(),
  sender: memoryHintSender(),
});

const talkPorts = (books: MemoryBooks) => ({
  talks: memoryTalks({ books }),
  pictures: memoryPictures(),
  cleanPicture,
});

const mailPorts = () => ({
  mailQueue: memoryMailQueue(),
  mailer: memoryMailer(),
  siteOrigin: SITE_ORIGIN,
});

/** Node, house wallet and miner of one chain. */
const chainPorts = (chain: MemoryChain, wallet: HouseWalletOptions | undefined) => ({
  network: 'regtest' as const,
  smallestPiconero: SMALLEST_WITHDRAWAL_PICONERO,
  node: memoryNode(chain),
  wallet: memoryHouseWallet(chain, wallet),
  miner: {
    async mine(count: number) {
      chain.mine(count);
      return { height: chain.height() };
    },
  },
});

/**
 * All ports over one state, which is empty at first. Codes, secrets, ciphers and formats are the real adapters,
 * because they have no state.
 */
function portsOver({ wallet }: WorldOptions) {
  const clock = memoryClock(BEGIN);
  const books = memoryBooks();
  const payer: PayerItem = {};
  const people = memoryPeople();
  const factors = memorySecondFactors();
  const offers = memoryOffers(books);
  const halts = memoryHalts();
  const addresses = memoryAddresses();
  const chain = memoryChain();
  const mailTokens = memoryMailTokens();
  const accounts = memoryAccounts({ books, people, factors, mailTokens });
  const buckets = memoryBuckets();
  const knownPlaces = memoryKnownPlaces();
  const payment = paymentAccountsOver({ books, factors });
  const trades = memoryTrades({
    books,
    offers,
    paymentAccounts: payment.paymentAccounts,
    people,
    factors,
    halts,
  });
  const reputation = memoryReputation({ books });
  const moderation = memoryModeration({ books, accounts, offers, halts, reputation });
  const deposits = memoryDeposits({ books, addresses });
  const codes = { factors, codeBuckets: buckets, clock, ...codeChecks() };
  const ports = {
    ...codes,
    // The same ids in each run, because tests and simulations compare runs.
    ids: ulids(clock, () => 0),
    log: { info() {}, warn() {}, error() {} },
    sleep: async (ms: number) => clock.pass(ms),

    accounts,
    moderation,
    disputes: memoryDisputes({ trades, moderation }),
    halts,
    deletions: memoryDeletions({ books, accounts, factors, trades, deposits }),
    people,
    names: people.names,
    reputation,
    ...mailPorts(),
    mailTokens,
    mailBuckets: buckets,
    sessions: memorySessions(books),
    challenges: memoryChallenges(),
    passwords: memoryPasswords(),
    accessTokens,
    buckets,
    knownPlaces,
    throttle: signInThrottle({ buckets, knownPlaces, secrets: randomSecrets, clock }),
    stepUp: stepUp(codes),
    ...payment,

    ledger: memoryLedger(books),
    faucet: memoryFaucet(books),
    offers,
    prices: memoryPrices(),
    trades,
    ...talkPorts(books),
    ...newsPorts(books),

    ...chainPorts(chain, wallet),
    addresses,
    deposits,
    states: memoryWatchStates(),
    heartbeats: memoryHeartbeats(),
    withdrawals: memoryWithdrawals({ books, payer, factors, halts }),
    lease: memoryPayerLease(payer, clock),
    queue: memoryPayoutQueue(),
  };
  return { ports, books, chain };
}

type Ports = ReturnType<typeof portsOver>['ports'];
type Method = (...args: unknown[]) => Promise<unknown>;

/**
 * A market, its ledger and a chain in memory: all ports of the core over one state. Port suites compare it with the
 * real adapters, and the tests of use cases run on it.
 */
export function memoryWorld(options: WorldOptions = {}) {
  const { ports, books, chain } = portsOver(options);
  return {
    ports,
    /** Balances and transfers as they are stored. */
    books,
    /** The chain of `ports.node` and `ports.wallet`. */
    chain,
    /** Moves the clock. @param ms milliseconds */
    pass: ports.clock.pass,
    /**
     * Runs `act` once, after the next call of the method and before its caller gets the result. A race between reading
     * and writing then has the same outcome in each run.
     */
    between<Port extends keyof Ports>(port: Port, method: keyof Ports[Port], act: () => Promise<unknown>) {
      const methods = ports[port] as Record<keyof Ports[Port], Method>;
      const call = methods[method];
      methods[method] = async (...args) => {
        methods[method] = call;
        const result = await call(...args);
        await act();
        return result;
      };
    },
    /** The invariants of the ledger that are broken, as sentences; none when all hold. */
    faults: () =>
      audit({
        balances: books.balances,
        transfers: [...books.transfers.values()],
        trades: ports.trades.all(),
        withdrawals: ports.withdrawals.all(),
        deposits: ports.deposits.all(),
      }),
  };
}

export type MemoryWorld = ReturnType<typeof memoryWorld>;
