import { setTimeout as sleep } from 'node:timers/promises';
import type { WireResultOf } from '#contract/operation.ts';
import type { exportMe } from '#contract/privacy.ts';
import { authenticator } from '#tests/helpers/authenticator.ts';
import { invoke, mine } from '#tests/helpers/chain.ts';
import { client } from '#tests/helpers/client.ts';
import { expectProblem, pathsOf } from '#tests/helpers/expect-problem.ts';
import { anAddress, mailTo, tokenIn } from '#tests/helpers/mailbox.ts';
import { payee } from '#tests/helpers/payee.ts';
import { aKey, type Person, person } from '#tests/helpers/person.ts';
import { rowsOf, TABLES } from '#tests/helpers/rows.ts';
import { theSandbox } from '#tests/helpers/sandbox.ts';
import { codeOf } from '#tests/helpers/totp.ts';
import { anOffer } from '#tests/helpers/trade.ts';

type Records = WireResultOf<typeof exportMe>['items'];

async function exported(someone: Pick<Person, 'exportMe'>, limit: string): Promise<Records> {
  const records: Records = [];
  let cursor: string | undefined;
  do {
    const { items, nextCursor } = await someone.exportMe({ limit, ...(cursor && { cursor }) });
    records.push(...items);
    cursor = nextCursor;
  } while (cursor);
  return records;
}

const DISPLAY_NAME = 'Zinnia Quillfeather';
const PHRASE = 'violet heron umbrella';
const BANK = 'Bank at the harbour';
const PASSKEY = 'Pocket of the green coat';
const MESSAGE = 'The parcel waits under the willow';
const COMMENT = 'A heron would trade again';
const TERMS = 'Ask for Zinnia at the post office';
const TAKEN_TERMS = 'I only answer on weekdays';

/** Somebody with everything that an account can have, and somebody who traded with them. */
async function everything() {
  const [someone, partner] = await Promise.all([
    person().then((one) => one.withFunds('5')),
    person().then((one) => one.withFunds('5')),
  ]);
  const { password } = someone;
  await someone.updateMe({ displayName: DISPLAY_NAME, antiPhishingPhrase: PHRASE });
  const email = anAddress();
  await someone.changeEmail({ email, password });
  await someone.confirmEmail({ token: tokenIn(await mailTo(email, 'Confirm your e-mail address')) });
  const sold = await anOffer(someone, { terms: TERMS });
  const offered = await anOffer(partner, { terms: TAKEN_TERMS });
  const selling = await partner.startTrade({ offerId: sold.id, amountXmr: '1' }, aKey());
  await partner.confirmPaymentSent({ tradeId: selling.id });
  await someone.confirmPaymentReceived({ tradeId: selling.id });
  const buying = await someone.startTrade({ offerId: offered.id, amountXmr: '2' }, aKey());
  await someone.confirmPaymentSent({ tradeId: buying.id });
  await partner.confirmPaymentReceived({ tradeId: buying.id });
  await someone.sendMessage({ tradeId: buying.id, text: MESSAGE }, aKey());
  await someone.reviewTrade({ tradeId: buying.id, rating: 4, comment: COMMENT });
  await partner.reviewTrade({ tradeId: buying.id, rating: 5 });
  const depositAddress = await someone.depositAddress();
  const txid = await payee.send(depositAddress, '1.5');
  await mine(10);
  for (let look = 0; look < 3; look += 1) await invoke('watchDeposits');
  const { secret } = await someone.startTotp({ password });
  const { recoveryCodes } = await someone.confirmTotp({ code: codeOf(secret) });
  const [code = '', ...codesLeft] = recoveryCodes;
  const options = await someone.startPasskey({ password, code });
  const response = authenticator(theSandbox().siteUrl).register(options);
  await someone.addPasskey({ name: PASSKEY, response });
  const details = { name: 'Z. Quillfeather', iban: 'DE89370400440532013000' };
  const [again = ''] = codesLeft.splice(0, 1);
  await someone.addPaymentAccount({ method: 'sepa', label: BANK, fields: details, code: again });
  return {
    someone,
    partner,
    email,
    selling,
    buying,
    depositAddress,
    txid,
    recoveryCodes: codesLeft,
    response,
  };
}

test('an account that is deleted leaves none of its words in any table', async () => {
  const { someone, partner, email, selling, buying, depositAddress, txid, recoveryCodes, response } =
    await everything();
  const { username, password, keys } = someone;
  const [first = '', second = ''] = recoveryCodes;

  const records = await exported(someone, '100');
  const kinds = new Set(records.map(({ kind }) => kind));
  expect([...kinds]).toEqual([
    'account',
    'public_profile',
    'second_factor',
    'passkey',
    'session',
    'known_place',
    'payment_account',
    'offer',
    'trade',
    'message',
    'reputation',
    'review',
    'received_review',
    'entry',
    'deposit_address',
    'deposit',
    'notice',
  ]);
  expect(await exported(someone, '3')).toEqual(records);
  const text = JSON.stringify(records);
  for (const word of [
    DISPLAY_NAME,
    PHRASE,
    PASSKEY,
    BANK,
    email,
    TERMS,
    MESSAGE,
    COMMENT,
    depositAddress,
    txid,
    selling.id,
    buying.id,
  ])
    expect(text).toContain(word);
  expect(text).not.toMatch(/argon2id|recoveryDigests|sealedSecret|lineDigest|publicKey/);

  const refused = await expectProblem(someone.deleteMe({ password, code: first }), 409, 'account_not_empty');
  expect(pathsOf(refused)).toEqual(['availableXmr']);
  await expectProblem(someone.deleteMe({ password }), 403, 'second_factor_required');
  await expectProblem(someone.deleteMe({ password: 'wrong', code: first }), 403, 'wrong_password');

  const address = await partner.depositAddress();
  await someone.requestWithdrawal({ address, max: true, code: first }, aKey());
  await someone.deleteMe({ password, code: second });
  const mail = await mailTo(email, 'Your account is deleted');
  expect(mail.text).toContain(PHRASE);

  await expectProblem(someone.getMe(), 401, 'not_signed_in');
  await expectProblem(client({ ...keys }).refreshSession(), 401, 'session_ended');
  const signIn = (login: string) => client().logIn({ login, password });
  const known = await expectProblem(signIn(username), 401, 'wrong_credentials');
  const unknown = await expectProblem(signIn(`${username}x`), 401, 'wrong_credentials');
  expect({ ...known, requestId: '' }).toEqual({ ...unknown, requestId: '' });
  await expectProblem(
    client().registerAccount({ username: username.toUpperCase(), password: `${password} new` }),
    409,
    'username_taken',
  );
  const shown = await partner.getTrade({ tradeId: selling.id });
  expect(shown.seller).toEqual({ username: 'deleted', tradesCompleted: 2 });
  expect(shown).not.toHaveProperty('terms');
  expect(await partner.getTrade({ tradeId: buying.id })).toMatchObject({ terms: TAKEN_TERMS });

  const personal = [DISPLAY_NAME, PHRASE, PASSKEY, BANK, response.id, email, TERMS, MESSAGE, COMMENT];
  for (const table of TABLES) {
    const rows = await rowsOf(table);
    for (const word of personal)
      expect({ table, with: rows.filter((row) => row.toLowerCase().includes(word.toLowerCase())) }).toEqual({
        table,
        with: [],
      });
    // The name stays taken, in a row that does not tell whose it was.
    const named = rows.filter((row) => row.includes(username));
    const kept = table === 'ACCOUNTS_TABLE' ? [JSON.stringify({ sk: '-', pk: `USERNAME#${username}` })] : [];
    expect({ table, named: named.map((row) => JSON.parse(row)) }).toEqual({
      table,
      named: kept.map((row) => JSON.parse(row)),
    });
  }
});

test('a payment to an address of a deleted account is kept in the ledger', async () => {
  const someone = await person();
  const depositAddress = await someone.depositAddress();
  await someone.deleteMe({ password: someone.password });
  await payee.send(depositAddress, '0.5');
  await mine(10);
  for (let look = 0; look < 3; look += 1) await invoke('watchDeposits');
  const rows = (await rowsOf('PAYMENTS_TABLE')).filter((row) => row.includes('DEPOSIT#'));
  expect(rows.filter((row) => row.includes(depositAddress))).toEqual([expect.stringContaining('credited')]);
});

test('a deletion is refused while a trade is open, and of a deletion and a take one wins', async () => {
  const [maker, taker] = await Promise.all([person(), person().then((one) => one.withFunds('2'))]);
  const offer = await anOffer(maker, { side: 'buy' });
  const take = () => taker.startTrade({ offerId: offer.id, amountXmr: '1' }, aKey());
  const [taken, deleted] = await Promise.allSettled([take(), maker.deleteMe({ password: maker.password })]);
  expect([taken.status, deleted.status].sort()).toEqual(['fulfilled', 'rejected']);
  const { heldXmr } = await taker.wallet();
  expect(heldXmr).toBe(taken.status === 'fulfilled' ? '1' : '0');
});

test('of a deletion and a withdrawal of everything at once, the withdrawal wins', async () => {
  for (const before of [0, 10, 30]) {
    const someone = await (await person()).withFunds('1');
    const { password } = someone;
    const request = { address: await payee.newAddress(), max: true as const };
    const [withdrawn] = await Promise.all([
      someone.requestWithdrawal(request, aKey()),
      sleep(before).then(() => expectProblem(someone.deleteMe({ password }), 409, 'account_not_empty')),
    ]);
    expect(withdrawn.state).toBe('queued');
    expect(await someone.wallet()).toMatchObject({ availableXmr: '0', heldXmr: '1' });
  }
});

test('the schedule of deletions runs', async () => {
  expect(await invoke('finishDeletions')).toMatchObject({ result: expect.any(Number) });
});
