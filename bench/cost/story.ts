import type { MailJob } from '#core/accounts/mail-jobs.ts';
import type { OfferId, TradeId } from '#core/ids.ts';
import type { HintJob } from '#core/live/hints.ts';
import { asInstant } from '#core/time.ts';
import { admin as runAdmin } from '#tests/helpers/admin.ts';
import { authenticator } from '#tests/helpers/authenticator.ts';
import { jpeg } from '#tests/helpers/pictures.ts';
import { codeOf } from '#tests/helpers/totp.ts';
import { aKey } from '../callers/caller.ts';
import { type Person, TERMS } from './people.ts';
import type { Stage } from './stage.ts';

/**
 * Calls every operation of the API and every function behind it once, in a state in which it does its usual work.
 * `count` records the usage of each call under a label.
 */
export async function tellStory(stage: Stage): Promise<void> {
  await stage.run('watchDeposits, which fills the pool', 'watchDeposits');
  const seller = await signUpAndIn(stage);
  const buyer = await register(stage, stage.newcomer());
  await stage.count('drawFaucet', () => seller.api.drawFaucet({ amountXmr: '10' }, aKey()));
  const offerId = await offers(stage, seller);
  await trades(stage, seller, buyer, offerId);
  await reputation(stage, seller, buyer);
  await paymentAccounts(stage, seller, buyer);
  await wallets(stage, seller, buyer);
  await withdrawals(stage, buyer, seller);
  await deposits(stage, seller);
  await secondFactor(stage, seller, buyer);
  await passkeys(stage, await register(stage, stage.newcomer()));
  await notices(stage, seller);
  await live(stage, seller);
  await mails(stage, await register(stage, stage.newcomer()));
  await moderation(stage, buyer, offerId);
  await privacy(stage, seller);
  await system(stage, seller);
}

const register = async ({ count }: Stage, person: Person) => {
  const { username, password } = person;
  await count('registerAccount', () => person.api.registerAccount({ username, password }));
  return person;
};

async function signUpAndIn(stage: Stage): Promise<Person> {
  const { count } = stage;
  const person = await register(stage, stage.newcomer());
  const { api, username, password } = person;
  await count('logIn', () => api.logIn({ login: username, password }));
  await count('refreshSession', () => api.refreshSession());
  await count('getMe', () => api.getMe());
  await count('updateMe', () => api.updateMe({ displayName: 'Story Teller' }));
  await count('listSessions', () => api.listSessions());
  const [first] = (await api.listSessions()).items.filter(({ current }) => !current);
  await count('endSession', () => api.endSession({ sessionId: first!.id }));
  await api.logIn({ login: username, password });
  await count('endOtherSessions', () => api.endOtherSessions());
  return person;
}

async function offers({ count }: Stage, { api }: Person): Promise<OfferId> {
  const offer = await count('createOffer', () => api.createOffer(TERMS));
  const { id: offerId, version } = offer;
  await count('getOffer', () => api.getOffer({ offerId }));
  await count('listOffers', () => api.listOffers({ side: 'sell', currency: 'EUR', sort: 'price' }));
  await count('listOffers, newest', () => api.listOffers());
  await count('listMyOffers', () => api.listMyOffers());
  await count('listRates', () => api.listRates());
  await count('listRateHistory', () => api.listRateHistory({ currency: 'EUR' }));
  await count('listPaymentMethods', () => api.listPaymentMethods());
  await count('updateOffer, its limits', () => api.updateOffer({ offerId, version, maxFiat: '900.00' }));
  const price = { kind: 'fixed', fiatPerXmr: '151.00' } as const;
  await count('updateOffer, its price', () => api.updateOffer({ offerId, version: version + 1, price }));
  await count('pauseMyOffers', () => api.pauseMyOffers());
  await count('resumeMyOffers', () => api.resumeMyOffers());
  const other = await api.createOffer({ ...TERMS, side: 'buy', price: { kind: 'market', marginBp: 100 } });
  await count('closeOffer', () => api.closeOffer({ offerId: other.id }));
  return offerId;
}

async function trades(stage: Stage, seller: Person, buyer: Person, offerId: OfferId): Promise<void> {
  const { count } = stage;
  // Its smallest trade takes 9 XMR, so the next trade hides it.
  await seller.api.createOffer({ ...TERMS, minFiat: '1350.00', maxFiat: '1400.00' });
  const start = () => buyer.api.startTrade({ offerId, amountXmr: '2' }, aKey());
  const { id: tradeId } = await count('startTrade', start);
  await coverOffers(stage, seller);
  await count('getTrade', () => buyer.api.getTrade({ tradeId }));
  await count('getTrade, unchanged', () => buyer.api.getTrade({ tradeId }));
  await count('listMyTrades', () => buyer.api.listMyTrades());
  await stage.run('expireTrades, nothing to do', 'expireTrades');
  await stage.run('expireTrades, on its schedule', 'expireTrades', { everySeconds: 60 });
  await stage.run('expireTrades, which ends its watch', 'expireTrades');
  await stage.run('freeHolds, nothing to do', 'freeHolds');
  await stage.run('erasePaymentDetails, nothing to do', 'erasePaymentDetails');
  await stage.run('deliverEvents, nothing to do', 'deliverEvents');
  await count('confirmPaymentSent', () => buyer.api.confirmPaymentSent({ tradeId }));
  await talk(stage, seller, buyer, tradeId);
  await count('confirmPaymentReceived', () => seller.api.confirmPaymentReceived({ tradeId }));
  const { id } = await start();
  await count('cancelTrade', () => buyer.api.cancelTrade({ tradeId: id }));
  const one = { tradeId: (await start()).id };
  await buyer.api.confirmPaymentSent(one);
  await count('requestCancellation', () => buyer.api.requestCancellation(one));
  await count('retractCancellation', () => buyer.api.retractCancellation(one));
  await buyer.api.requestCancellation(one);
  await count('acceptCancellation', () => seller.api.acceptCancellation(one));
}

/** The reviews of a completed trade, and what others see of them. */
async function reputation({ count }: Stage, seller: Person, buyer: Person): Promise<void> {
  const { items } = await buyer.api.listMyTrades({ state: 'completed' });
  const { id: tradeId } = items[0]!;
  const { username } = seller;
  await count('reviewTrade', () => buyer.api.reviewTrade({ tradeId, rating: 5, comment: 'Fast and kind.' }));
  await count('reviewTrade, the second one', () => seller.api.reviewTrade({ tradeId, rating: 5 }));
  await count('getTradeReviews', () => buyer.api.getTradeReviews({ tradeId }));
  await count('getProfile', () => buyer.api.getProfile({ username }));
  await count('listReviews', () => buyer.api.listReviews({ username }));
  await count('searchUsers', () => buyer.api.searchUsers({ query: username.slice(0, 3) }));
}

/** A dispute from its opening to its decision. */
async function disputes({ count }: Stage, buyer: Person, arbitrator: Person, offerId: OfferId) {
  const { id: tradeId } = await buyer.api.startTrade({ offerId, amountXmr: '2' }, aKey());
  await buyer.api.confirmPaymentSent({ tradeId });
  await count('openDispute', () => buyer.api.openDispute({ tradeId, reason: 'nothing arrived' }));
  await count('listDisputes', () => arbitrator.api.listDisputes());
  const decision = { tradeId, buyerXmr: '0.5', note: 'a quarter was paid' };
  await count('resolveDispute', () => arbitrator.api.resolveDispute(decision));
}

async function paymentAccounts({ count }: Stage, { api }: Person, buyer: Person): Promise<void> {
  const fields = { name: 'Story Teller', iban: 'DE89370400440532013000' };
  const sepa = { method: 'sepa', label: 'My bank', fields };
  const { id: paymentAccountId, version } = await count('addPaymentAccount', () =>
    api.addPaymentAccount(sepa),
  );
  await count('listPaymentAccounts', () => api.listPaymentAccounts());
  const change = { paymentAccountId, version, label: 'My old bank' };
  await count('updatePaymentAccount', () => api.updatePaymentAccount(change));
  const { id: offerId } = await api.createOffer({ ...TERMS, paymentAccountIds: [paymentAccountId] });
  const { id: tradeId } = await count('startTrade, with payment details', () =>
    buyer.api.startTrade({ offerId, amountXmr: '1' }, aKey()),
  );
  await buyer.api.cancelTrade({ tradeId });
  await api.closeOffer({ offerId });
  await count('removePaymentAccount', () => api.removePaymentAccount({ paymentAccountId }));
}

async function coverOffers(stage: Stage, { api }: Person): Promise<void> {
  const { id: accountId } = await api.getMe();
  const Records = [{ messageId: '1', body: JSON.stringify({ accountId }) }];
  await stage.run('coverOffers, one is hidden', 'coverOffers', { Records });
  await stage.run('coverOffers, nothing to do', 'coverOffers', { Records });
  await stage.run('followMarket, nothing to do', 'followMarket');
}

async function talk({ count, run }: Stage, seller: Person, buyer: Person, tradeId: TradeId): Promise<void> {
  const send = (text: string) => buyer.api.sendMessage({ tradeId, text }, aKey());
  await count('sendMessage, the first one', () => send('I sent the money.'));
  // By the other account, because the bucket of an account costs more while it is not full.
  const { id: upTo } = await count('sendMessage', () =>
    seller.api.sendMessage({ tradeId, text: 'I will look for it.' }, aKey()),
  );
  const file = jpeg();
  const { attachmentId, uploadUrl, headers } = await count('startAttachment', () =>
    seller.api.startAttachment({ tradeId, contentType: 'image/jpeg', bytes: file.length }),
  );
  await fetch(uploadUrl, { method: 'PUT', headers, body: new Uint8Array(file) });
  await count('sendMessage, a picture', () =>
    seller.api.sendMessage({ tradeId, text: '', attachmentId }, aKey()),
  );
  await count('markMessagesRead', () => buyer.api.markMessagesRead({ tradeId, upTo }));
  await count('listMessages', () => seller.api.listMessages({ tradeId }));
  await run('eraseTalks, nothing to do', 'eraseTalks');
}

async function wallets({ count }: Stage, seller: Person, buyer: Person): Promise<void> {
  await count('newDepositAddress', () => seller.api.newDepositAddress());
  await buyer.api.newDepositAddress();
  await count('getWallet', () => seller.api.getWallet());
  await count('listEntries', () => seller.api.listEntries());
}

async function withdrawals(stage: Stage, buyer: Person, member: Person): Promise<void> {
  const { count } = stage;
  const { api } = buyer;
  const address = await stage.addressOutside();
  await count('quoteWithdrawal', () => api.quoteWithdrawal({ address, amountXmr: '1' }));
  const { id: withdrawalId } = await count('requestWithdrawal', () =>
    api.requestWithdrawal({ address, amountXmr: '1' }, aKey()),
  );
  const message = { messageId: '1', body: JSON.stringify({ withdrawalId }) };
  await stage.run('payWithdrawals', 'payWithdrawals', { Records: [message] });
  await stage.mine(1);
  await stage.run('followWithdrawals, one is mined', 'followWithdrawals');
  await stage.run('followWithdrawals, one waits', 'followWithdrawals');
  await stage.mine(10);
  await stage.run('followWithdrawals, one is confirmed', 'followWithdrawals');
  await stage.run('followWithdrawals, nothing to do', 'followWithdrawals');
  await count('getWithdrawal', async () => {
    const { state } = await api.getWithdrawal({ withdrawalId });
    if (state !== 'confirmed') throw new Error(`the withdrawal is ${state}`);
  });
  await count('listWithdrawals', () => api.listWithdrawals());
  // By the other account, because the bucket of an account costs more while it is not full.
  const { depositAddress = '' } = await api.getWallet();
  await count('requestWithdrawal, to a member', () =>
    member.api.requestWithdrawal({ address: depositAddress, amountXmr: '0.5' }, aKey()),
  );
}

async function deposits(stage: Stage, { api }: Person): Promise<void> {
  const { depositAddress = '' } = await api.getWallet();
  await stage.run('watchDeposits, nothing to do', 'watchDeposits');
  await stage.payFromOutside(depositAddress, '3');
  await stage.mine(1);
  await stage.run('watchDeposits, one is seen', 'watchDeposits');
  await stage.mine(10);
  await stage.run('watchDeposits, one is credited', 'watchDeposits');
  await stage.count('listDeposits', () => api.listDeposits());
}

/** Uses two people, because each has two codes within 30 s, and there are three steps. */
async function secondFactor({ count }: Stage, person: Person, other: Person): Promise<void> {
  const { api, username, password } = person;
  const { secret } = await count('startTotp', () => api.startTotp({ password }));
  await count('confirmTotp', () => api.confirmTotp({ code: codeOf(secret) }));
  const challenge = await count('logIn, second factor asked', () => api.logIn({ login: username, password }));
  const challengeToken = 'challengeToken' in challenge ? challenge.challengeToken : '';
  await count('logInSecondFactor', () => api.logInSecondFactor({ challengeToken, code: codeOf(secret, 1) }));

  const { secret: otherSecret } = await other.api.startTotp({ password: other.password });
  await other.api.confirmTotp({ code: codeOf(otherSecret) });
  const { password: currentPassword } = other;
  const given = { password: currentPassword, code: codeOf(otherSecret, 1) };
  const { recoveryCodes } = await count('renewRecoveryCodes', () => other.api.renewRecoveryCodes(given));
  const [first = '', second = ''] = recoveryCodes;
  const newPassword = `${currentPassword} again`;
  await count('changePassword', () =>
    other.api.changePassword({ currentPassword, newPassword, code: first }),
  );
  await count('disableTotp', () => other.api.disableTotp({ password: newPassword, code: second }));
}

/** A passkey as the only second factor. */
async function passkeys(stage: Stage, { api, username, password }: Person): Promise<void> {
  const { count } = stage;
  const key = authenticator(stage.siteOrigin);
  const options = await count('startPasskey', () => api.startPasskey({ password }));
  const { id: passkeyId } = await count('addPasskey', () =>
    api.addPasskey({ name: 'Laptop', response: key.register(options) }),
  );
  await count('listPasskeys', () => api.listPasskeys());
  await count('renamePasskey', () => api.renamePasskey({ passkeyId, name: 'Phone' }));
  const signIn = await count('startPasskeyLogIn', () => api.startPasskeyLogIn());
  await count('logInWithPasskey', () => api.logInWithPasskey({ response: key.answer(signIn) }));
  const asked = await count('logIn, passkey asked', () => api.logIn({ login: username, password }));
  if (asked.status === 'signed_in') throw new Error('no passkey was asked for');
  const { challengeToken, passkeyOptions } = asked;
  const passkey = key.answer(passkeyOptions!);
  await count('logInSecondFactor, passkey', () => api.logInSecondFactor({ challengeToken, passkey }));
  const { challengeId, options: step } = await count('startStepUp', () => api.startStepUp());
  const given = { password, passkey: { challengeId, response: key.answer(step) } };
  await count('removePasskey', () => api.removePasskey({ passkeyId, ...given }));
}

/**
 * Confirms an address and resets a password. Each mail is sent by a direct call, because no queue consumer runs here.
 */
async function mails(stage: Stage, { api, password, username }: Person): Promise<void> {
  const { count } = stage;
  const email = `${username}@pupero.test`;
  const { id: accountId } = await api.getMe();
  const send = (label: string, job: MailJob) =>
    stage.run(label, 'sendMails', { Records: [{ messageId: label, body: JSON.stringify(job) }] });
  await count('changeEmail', () => api.changeEmail({ email, password }));
  await send('sendMails, a confirmation', { kind: 'email_confirmation', accountId, email });
  const token = await stage.mailedToken();
  await count('confirmEmail', () => api.confirmEmail({ token }));
  await count('requestPasswordReset', () => api.requestPasswordReset({ email }));
  await send('sendMails, a reset', { kind: 'password_reset', email });
  const reset = { token: await stage.mailedToken(), newPassword: `${password} again` };
  await count('confirmPasswordReset', () => api.confirmPasswordReset(reset));
  const at = asInstant(Date.now());
  await send('sendMails, a notice', { kind: 'notice', notice: 'password_changed', accountId, at });
}

/**
 * A report up to its decision, and a suspension with its appeal. The moderator is an admin, because admins may do
 * everything.
 */
async function moderation(stage: Stage, reporter: Person, offerId: OfferId): Promise<void> {
  const { count } = stage;
  const [admin, other] = [stage.newcomer(), stage.newcomer()];
  for (const { api, username, password } of [admin, other]) await api.registerAccount({ username, password });
  await runAdmin('grant', admin.username, 'admin');
  await admin.api.logIn({ login: admin.username, password: admin.password });
  const { id: reportId } = await count('createReport', () =>
    reporter.api.createReport({ kind: 'offer', id: offerId, reason: 'spam' }),
  );
  await count('listMyReports', () => reporter.api.listMyReports());
  await count('listReports', () => admin.api.listReports());
  await count('claimReport', () => admin.api.claimReport({ reportId }));
  await count('closeReport', () => admin.api.closeReport({ reportId, decision: 'dismiss', note: 'no spam' }));
  const { username, password } = other;
  await count('suspendAccount', () => admin.api.suspendAccount({ username, reason: 'tried out' }));
  await other.api.logIn({ login: username, password });
  await count('appealSuspension', () => other.api.appealSuspension({ text: 'a mistake' }));
  await count('restoreAccount', () => admin.api.restoreAccount({ username }));
  await count('signOutAccount', () => admin.api.signOutAccount({ username }));
  await count('listStandings', () => admin.api.listStandings());
  await disputes(stage, reporter, admin, offerId);
  await count('listAuditLog', () => admin.api.listAuditLog());
  await count('updateHalts', () => admin.api.updateHalts({ takes: { on: true, reason: 'tried out' } }));
  await admin.api.updateHalts({ takes: { on: false } });
  await count('getHalts', () => admin.api.getHalts());
}

/** Exports an account with trades. Deletes another one with an offer, because an account with XMR cannot be deleted. */
async function privacy(stage: Stage, trader: Person): Promise<void> {
  const { count } = stage;
  await count('exportMe', () => trader.api.exportMe());
  const { api, username, password } = stage.newcomer();
  await api.registerAccount({ username, password });
  await api.createOffer(TERMS);
  await count('deleteMe', () => api.deleteMe({ password }));
  await stage.run('finishDeletions, nothing to do', 'finishDeletions');
}

const HEALTH_OF_FUNCTIONS = [
  'getAuthHealth',
  'getOffersHealth',
  'getTradesHealth',
  'getWalletHealth',
  'getDepositsHealth',
  'getWithdrawalsHealth',
  'getModerationHealth',
  'getReputationHealth',
  'getLiveHealth',
  'getSandboxHealth',
] as const;

async function notices({ count }: Stage, { api }: Person): Promise<void> {
  const { items } = await count('listNotices', () => api.listNotices());
  await count('readNotices', () => api.readNotices({ upTo: items[0]!.id }));
  await count('getNoticeSettings', () => api.getNoticeSettings());
  await count('updateNoticeSettings', () => api.updateNoticeSettings({ email: ['trade_started'] }));
}

async function live({ count, run }: Stage, { api }: Person): Promise<void> {
  const { url } = await count('openLive', () => api.openLive());
  const ticket = new URL(url).searchParams.get('ticket');
  const requestContext = { connectionId: 'bench=' };
  await run('connectLive, opens', 'connectLive', {
    requestContext: { ...requestContext, eventType: 'CONNECT' },
    queryStringParameters: { ticket },
  });
  const send = (label: string, job: HintJob) =>
    run(label, 'sendHints', { Records: [{ messageId: label, body: JSON.stringify(job) }] });
  const { id: accountId } = await api.getMe();
  const hint = { type: 'wallet', id: accountId } as const;
  await send('sendHints, to one account', { kind: 'accounts', hints: [{ accountId, hint }] });
  await send('sendHints, to all', { kind: 'market' });
  await run('connectLive, closes', 'connectLive', {
    requestContext: { ...requestContext, eventType: 'DISCONNECT' },
  });
}

async function system({ count }: Stage, { api }: Person): Promise<void> {
  await count('mineBlocks', () => api.mineBlocks({ count: 1 }));
  await count('getHealth', () => api.getHealth());
  for (const name of HEALTH_OF_FUNCTIONS) await count(name, () => api[name]!());
  await count('getJwks', () => api.getJwks());
  await count('getOpenApi', () => api.getOpenApi());
  await count('getDocs', () => api.getDocs());
  await count('logOut', () => api.logOut());
}
