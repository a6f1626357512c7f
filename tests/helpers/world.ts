import { generateSync } from 'otplib';
import { madeUpAddress } from '#adapters/memory/house-wallet.ts';
import { type MemoryWorld, memoryWorld, type WorldOptions } from '#adapters/memory/world.ts';
import { addPasskey } from '#core/accounts/add-passkey.ts';
import type { SignInCall } from '#core/accounts/calls.ts';
import { changeEmail } from '#core/accounts/change-email.ts';
import { changePassword } from '#core/accounts/change-password.ts';
import { confirmEmail } from '#core/accounts/confirm-email.ts';
import { confirmPasswordReset } from '#core/accounts/confirm-password-reset.ts';
import { confirmTotp } from '#core/accounts/confirm-totp.ts';
import { disableTotp } from '#core/accounts/disable-totp.ts';
import { endOtherSessions } from '#core/accounts/end-other-sessions.ts';
import { endSession } from '#core/accounts/end-session.ts';
import { getMe } from '#core/accounts/get-me.ts';
import { listPasskeys } from '#core/accounts/list-passkeys.ts';
import { listSessions } from '#core/accounts/list-sessions.ts';
import { logIn } from '#core/accounts/log-in.ts';
import { logInSecondFactor } from '#core/accounts/log-in-second-factor.ts';
import { logInWithPasskey } from '#core/accounts/log-in-with-passkey.ts';
import { logOut } from '#core/accounts/log-out.ts';
import { refreshSession } from '#core/accounts/refresh-session.ts';
import { registerAccount } from '#core/accounts/register-account.ts';
import { removePasskey } from '#core/accounts/remove-passkey.ts';
import { renamePasskey } from '#core/accounts/rename-passkey.ts';
import { renewRecoveryCodes } from '#core/accounts/renew-recovery-codes.ts';
import { requestPasswordReset } from '#core/accounts/request-password-reset.ts';
import type { SignIn } from '#core/accounts/sign-in.ts';
import { startPasskey } from '#core/accounts/start-passkey.ts';
import { startPasskeyLogIn } from '#core/accounts/start-passkey-log-in.ts';
import { startStepUp } from '#core/accounts/start-step-up.ts';
import { startTotp } from '#core/accounts/start-totp.ts';
import { updateMe } from '#core/accounts/update-me.ts';
import type { Caller } from '#core/caller.ts';
import { follow, type Sighting } from '#core/deposits/transitions.ts';
import { deliverEvents } from '#core/events/deliver-events.ts';
import type { AccountId, SessionId, TransferId } from '#core/ids.ts';
import { houseAccount, transfer, userAccount } from '#core/ledger/ledger.ts';
import { queueNotices } from '#core/mail/notices.ts';
import { sendMail } from '#core/mail/send-mail.ts';
import { asMinorUnits } from '#core/money/fiat.ts';
import { asPiconero, type Piconero, parseXmr } from '#core/money/xmr.ts';
import type { Offer } from '#core/offers/offers.ts';
import { isRefusal, type RefusalCode } from '#core/refusal.ts';
import { acceptCancellation } from '#core/trades/accept-cancellation.ts';
import { cancelTrade } from '#core/trades/cancel-trade.ts';
import { confirmPaymentReceived } from '#core/trades/confirm-payment-received.ts';
import { confirmPaymentSent } from '#core/trades/confirm-payment-sent.ts';
import { openDispute } from '#core/trades/open-dispute.ts';
import { requestCancellation } from '#core/trades/request-cancellation.ts';
import { retractCancellation } from '#core/trades/retract-cancellation.ts';
import { startTrade } from '#core/trades/start-trade.ts';
import { requestWithdrawal } from '#core/withdrawals/request-withdrawal.ts';
import { authenticator, type Faults } from './authenticator.ts';
import { depositWith, keyed, offerWith } from './entities.ts';

const person = (name: string): Caller => ({
  accountId: name as AccountId,
  sessionId: `session of ${name}` as SessionId,
});

export const ALICE = person('alice');
export const BOB = person('bob');
export const OWNER = person('owner');
export const SELLER = person('seller');
export const BUYER = person('buyer');
export const STRANGER = person('stranger');

export const HOME: SignInCall = { clientAddress: '198.51.100.7', device: {} };
export const PASSWORD = 'correct horse battery';

/** An address of no wallet in this world. */
export const OUTSIDE = madeUpAddress(60_000);

/** 1 XMR in piconero. */
export const XMR = 1_000_000_000_000n;
export const xmr = (text: string) => parseXmr(text) as Piconero;

/** The result of a use case. @throws an Error if it is a refusal */
export function granted<T>(result: T): Exclude<T, { refused: RefusalCode }> {
  if (isRefusal(result)) throw new Error(`refused: ${result.refused}`);
  return result as Exclude<T, { refused: RefusalCode }>;
}

const worlds: MemoryWorld[] = [];

afterEach(() => {
  for (const world of worlds.splice(0)) expect(world.faults()).toEqual([]);
});

/**
 * The memory world after the watcher's first round and with a market price of 150.00 EUR, its use cases, and helpers
 * that reach a certain state. After each test every invariant of its ledger must hold.
 */
export function testWorld(options?: WorldOptions) {
  const world = memoryWorld(options);
  worlds.push(world);
  const { ports, chain } = world;
  const { clock, ids } = ports;
  ports.prices.set('EUR', asMinorUnits(15_000n), clock.now());
  void ports.heartbeats.write({
    at: clock.now(),
    node: 'ok',
    wallet: 'ok',
    height: chain.height(),
    feePerBytePiconero: asPiconero(20_000n),
  });
  return { ...ports, ...world, ...accountsIn(world), ...tradesIn(world), ...moneyIn(world), newId: ids.next };
}

export type TestWorld = ReturnType<typeof testWorld>;

/** The use cases of accounts, without a caller where anyone may call them, and people in each state of a sign-in. */
function accountsIn({ ports }: MemoryWorld) {
  const withoutCaller =
    <Input, Call, Result>(useCase: (input: Input, caller: undefined, call: Call) => Result) =>
    (input: Input, call: Call) =>
      useCase(input, undefined, call);
  const useCases = {
    registerAccount: withoutCaller(registerAccount(ports)),
    logIn: withoutCaller(logIn(ports)),
    logInSecondFactor: withoutCaller(logInSecondFactor(ports)),
    refreshSession: (refreshToken?: string) => refreshSession(ports)({}, undefined, { refreshToken }),
    logOut: (refreshToken?: string) => logOut(ports)({}, undefined, { refreshToken }),
    getMe: (caller: Caller) => getMe(ports)({}, caller),
    startTotp: startTotp(ports),
    confirmTotp: confirmTotp(ports),
    disableTotp: disableTotp(ports),
    renewRecoveryCodes: renewRecoveryCodes(ports),
    ...passkeysIn(ports),
    updateMe: updateMe(ports),
    changeEmail: changeEmail(ports),
    confirmEmail: confirmEmail(ports),
    requestPasswordReset: withoutCaller(requestPasswordReset(ports)),
    confirmPasswordReset: (input: { token: string; newPassword: string }) =>
      confirmPasswordReset(ports)(input, undefined),
    changePassword: changePassword(ports),
    listSessions: listSessions(ports),
    endSession: endSession(ports),
    endOtherSessions: endOtherSessions(ports),
  };
  const register = async (username: string, password = PASSWORD) =>
    granted(await useCases.registerAccount({ username, password }, HOME));
  const callerOf = ({ signedIn, refreshToken }: SignIn): Caller => ({
    accountId: signedIn.account.id,
    sessionId: refreshToken.split('.')[1] as SessionId,
  });
  /** The code of an authenticator app. @param stepsFromNow number of time steps (30 s) after the current one */
  const codeOf = (secret: string, stepsFromNow = 0) =>
    generateSync({ secret, epoch: Math.floor(ports.clock.now() / 1000) + 30 * stepsFromNow });
  return {
    ...useCases,
    register,
    callerOf,
    codeOf,
    /** An account whose second factor was confirmed with the code of the previous time step. */
    async registerWithTotp(username: string) {
      const caller = callerOf(await register(username));
      const { secret } = granted(await useCases.startTotp({ password: PASSWORD }, caller));
      const { recoveryCodes } = granted(await useCases.confirmTotp({ code: codeOf(secret, -1) }, caller));
      return { caller, secret, recoveryCodes };
    },
    /** An account with a passkey as its only second factor. */
    async registerWithPasskey(username: string, faults: Faults = {}) {
      const caller = callerOf(await register(username));
      const key = authenticator(ports.siteOrigin);
      const options = granted(await useCases.startPasskey({ password: PASSWORD }, caller));
      const response = key.register(options, faults);
      const { id, recoveryCodes = [] } = granted(
        await useCases.addPasskey({ name: 'Laptop', response }, caller),
      );
      return { caller, key, passkeyId: id, recoveryCodes };
    },
    /** Delivers events and sends the mails in the queue. @returns those mails */
    async mails() {
      const before = ports.mailer.sent.length;
      await deliverEvents({ ...ports, subscribers: [queueNotices(ports.mailQueue)] })();
      for (const job of ports.mailQueue.jobs.splice(0)) await sendMail(ports)(job);
      return ports.mailer.sent.slice(before);
    },
    /** Logs in up to the second factor. */
    async challenge(login: string, from = HOME) {
      const result = granted(await useCases.logIn({ login, password: PASSWORD }, from));
      if (!('challengeToken' in result)) throw new Error('no second factor was asked for');
      return result.challengeToken;
    },
  };
}

/** The use cases of passkeys. */
const passkeysIn = (ports: MemoryWorld['ports']) => ({
  startPasskey: startPasskey(ports),
  addPasskey: addPasskey(ports),
  listPasskeys: (caller: Caller) => listPasskeys(ports)({}, caller),
  renamePasskey: renamePasskey(ports),
  removePasskey: removePasskey(ports),
  startStepUp: (caller: Caller) => startStepUp(ports)({}, caller),
  startPasskeyLogIn: async (from = HOME) => granted(await startPasskeyLogIn(ports)({}, undefined, from)),
  logInWithPasskey: (input: Parameters<ReturnType<typeof logInWithPasskey>>[0], call: SignInCall) =>
    logInWithPasskey(ports)(input, undefined, call),
});

function tradesIn({ ports }: MemoryWorld) {
  return {
    startTrade: startTrade(ports),
    confirmPaymentSent: confirmPaymentSent(ports),
    confirmPaymentReceived: confirmPaymentReceived(ports),
    cancelTrade: cancelTrade(ports),
    requestCancellation: requestCancellation(ports),
    acceptCancellation: acceptCancellation(ports),
    retractCancellation: retractCancellation(ports),
    openDispute: openDispute(ports),
    /** Stores an open offer of the seller at 150.00 EUR, with these fields changed. */
    async publish(changes: Partial<Offer> = {}) {
      const now = ports.clock.now();
      const { terms: _terms, ...usual } = offerWith({ createdAt: now, updatedAt: now });
      const offer = { ...usual, ownerId: SELLER.accountId, ...changes };
      await ports.offers.add(offer);
      return offer;
    },
  };
}

function moneyIn({ ports, books }: MemoryWorld) {
  const { clock, ids } = ports;
  const move = (debit: 'faucet' | Caller, credit: 'faucet' | Caller, amount: bigint) => {
    const accountOf = (party: 'faucet' | Caller) =>
      party === 'faucet' ? houseAccount(party) : userAccount(party.accountId);
    const refused = books.apply([
      transfer({
        id: ids.next<TransferId>(),
        kind: 'faucet',
        debit: accountOf(debit),
        credit: accountOf(credit),
        amountPiconero: asPiconero(amount),
        createdAt: clock.now(),
      }),
    ]);
    if (refused) throw new Error(refused);
  };
  return {
    /** Moves this many piconero from the faucet to a member. */
    give: (to: Caller, amount: bigint) => move('faucet', to, amount),
    /** Moves this many piconero back to the faucet. */
    take: (from: Caller, amount: bigint) => move(from, 'faucet', amount),
    /** Takes a balance below zero by this many piconero: a deposit is credited and spent, and then reversed. */
    async overdraw(owner: Caller, amount: bigint) {
      const { accountId } = owner;
      const seen = depositWith({ accountId, amountPiconero: asPiconero(amount) });
      await ports.deposits.add(seen, []);
      const after = async (sighting: Sighting) => {
        const [from] = (await ports.deposits.getMany([seen.id])).items;
        await ports.deposits.save(follow(from!, sighting, { height: 100, now: clock.now(), ids })!);
      };
      await after({ in: 'block', minedHeight: 1, isLocked: false });
      move(owner, 'faucet', amount);
      await after({ in: 'nowhere' });
    },
    balance: ({ accountId }: Pick<Caller, 'accountId'> = ALICE) => books.balance(userAccount(accountId)),
    /** Alice orders a payment to an outside address. @returns the withdrawal's id */
    async order(amount: bigint = XMR, key?: string) {
      const asked = { address: OUTSIDE, amountXmr: asPiconero(amount) };
      return granted(await requestWithdrawal(ports)(asked, ALICE, keyed(ALICE, key))).id;
    },
  };
}
