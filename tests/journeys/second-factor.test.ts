import { client } from '#tests/helpers/client.ts';
import { exchange } from '#tests/helpers/exchange.ts';
import { expectProblem } from '#tests/helpers/expect-problem.ts';
import { carefulPerson } from '#tests/helpers/guarded-person.ts';
import { payee } from '#tests/helpers/payee.ts';
import { aKey, person } from '#tests/helpers/person.ts';
import { codeOf, wrongCode } from '#tests/helpers/totp.ts';
import { anOffer, aTrade } from '#tests/helpers/trade.ts';

const nextCode = (secret: string) => codeOf(secret, 1);

test('requires the second factor only after it is confirmed', async () => {
  const someone = await person();
  const { secret } = await someone.startTotp({ password: someone.password });
  const signIn = { login: someone.username, password: someone.password };
  expect(await client().logIn(signIn)).toMatchObject({ status: 'signed_in' });

  await expectProblem(someone.confirmTotp({ code: wrongCode(secret) }), 403, 'wrong_second_factor');
  await someone.confirmTotp({ code: codeOf(secret) });

  expect(await client().logIn(signIn)).toEqual({
    status: 'second_factor_required',
    challengeToken: expect.any(String),
    factors: ['totp', 'recovery_code'],
  });
  expect(await someone.getMe()).toMatchObject({ totpEnabled: true });
});

test('refuses a code that has signed in before', async () => {
  const { someone, secret, challenge } = await carefulPerson();
  const code = nextCode(secret);
  const first = await challenge();
  const signedIn = await first.logInSecondFactor({ challengeToken: first.challengeToken, code });
  expect(signedIn.account.username).toBe(someone.username);

  const second = await challenge();
  const again = second.logInSecondFactor({ challengeToken: second.challengeToken, code });
  await expectProblem(again, 401, 'wrong_code');
});

test('a recovery code signs in once', async () => {
  const { recoveryCodes, challenge } = await carefulPerson();
  const [code = ''] = recoveryCodes;
  expect(new Set(recoveryCodes).size).toBe(10);
  const first = await challenge();
  await first.logInSecondFactor({ challengeToken: first.challengeToken, code });
  await first.getMe();
  const second = await challenge();
  await expectProblem(
    second.logInSecondFactor({ challengeToken: second.challengeToken, code }),
    401,
    'wrong_code',
  );
});

test('a challenge ends with its first success, and after five failures', async () => {
  const { secret, recoveryCodes, challenge } = await carefulPerson();
  const { challengeToken, logInSecondFactor } = await challenge();
  for (let failure = 1; failure <= 5; failure += 1)
    await expectProblem(logInSecondFactor({ challengeToken, code: wrongCode(secret) }), 401, 'wrong_code');
  await expectProblem(logInSecondFactor({ challengeToken, code: nextCode(secret) }), 401, 'wrong_code');

  const next = await challenge();
  const { challengeToken: used } = next;
  await next.logInSecondFactor({ challengeToken: used, code: recoveryCodes[0]! });
  await expectProblem(
    next.logInSecondFactor({ challengeToken: used, code: recoveryCodes[1]! }),
    401,
    'wrong_code',
  );
});

test('password and code turn it off, and it is no longer required', async () => {
  const { someone, secret } = await carefulPerson();
  const { username, password } = someone;
  const code = nextCode(secret);
  await expectProblem(someone.disableTotp({ password: 'not it', code }), 403, 'wrong_second_factor');
  await expectProblem(someone.disableTotp({ password, code: wrongCode(secret) }), 403, 'wrong_second_factor');

  await someone.disableTotp({ password, code });

  expect(await client().logIn({ login: username, password })).toMatchObject({ status: 'signed_in' });
});

test('a withdrawal requires a code, and a wrong one holds nothing', async () => {
  const { someone, secret } = await carefulPerson();
  await someone.withFunds('2');
  const asked = { address: await payee.newAddress(), amountXmr: '1' };
  await expectProblem(someone.requestWithdrawal(asked, aKey()), 403, 'second_factor_required');
  const wrong = someone.requestWithdrawal({ ...asked, code: wrongCode(secret) }, aKey());
  await expectProblem(wrong, 403, 'wrong_second_factor');
  expect(await someone.wallet()).toMatchObject({ availableXmr: '2', heldXmr: '0' });

  const key = aKey();
  const withCode = { ...asked, code: nextCode(secret) };
  const first = await someone.requestWithdrawal(withCode, key);
  const again = await someone.requestWithdrawal(withCode, key);
  expect(again).toEqual(first);
});

test('many simultaneous requests with one key and one code make one withdrawal and get one answer', async () => {
  const { someone, recoveryCodes } = await carefulPerson();
  await someone.withFunds('2');
  const [code = ''] = recoveryCodes;
  const asked = { address: await payee.newAddress(), amountXmr: '1', code };
  const key = aKey();
  const answers = await Promise.all(Array.from({ length: 10 }, () => someone.requestWithdrawal(asked, key)));
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  await expectProblem(someone.requestWithdrawal(asked, aKey()), 403, 'wrong_second_factor');
});

test('a stolen access token cannot release the XMR of a trade with an accomplice', async () => {
  const { someone: seller, secret } = await carefulPerson();
  await seller.withFunds('10');
  const accomplice = await person();
  const price = { kind: 'fixed' as const, fiatPerXmr: '0.01' };
  const offer = await anOffer(seller, { price, minFiat: '0.01', maxFiat: '1.00' });
  const { id: tradeId } = await accomplice.startTrade({ offerId: offer.id, amountFiat: '0.10' }, aKey());
  await accomplice.confirmPaymentSent({ tradeId });

  await expectProblem(seller.confirmPaymentReceived({ tradeId }), 403, 'second_factor_required');
  const guess = { tradeId, code: wrongCode(secret) };
  await expectProblem(seller.confirmPaymentReceived(guess), 403, 'wrong_second_factor');
  expect(await accomplice.wallet()).toMatchObject({ availableXmr: '0' });

  const released = await seller.confirmPaymentReceived({ tradeId, code: nextCode(secret) });
  expect(released.state).toBe('completed');
  expect(await seller.confirmPaymentReceived({ tradeId })).toEqual(released);
});

test('of twenty simultaneous releases with one code, one succeeds', async () => {
  const { someone: seller, recoveryCodes } = await carefulPerson();
  await seller.withFunds('1');
  const offer = await anOffer(seller);
  const trades = await Promise.all(
    Array.from({ length: 20 }, async () => {
      const buyer = await person();
      const { id: tradeId } = await buyer.startTrade({ offerId: offer.id, amountXmr: '0.05' }, aKey());
      await buyer.confirmPaymentSent({ tradeId });
      return tradeId;
    }),
  );
  const code = recoveryCodes[0]!;
  const results = await Promise.allSettled(
    trades.map((tradeId) => seller.confirmPaymentReceived({ tradeId, code })),
  );
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  for (const result of results) {
    if (result.status === 'fulfilled') continue;
    expect(result.reason.problem).toMatchObject({ status: 403, code: 'wrong_second_factor' });
  }
  expect(await seller.wallet()).toMatchObject({ heldXmr: '0.95' });
});

test('a buyer who has paid cancels with a code only', async () => {
  const { someone: buyer, secret } = await carefulPerson();
  const seller = await person().then((one) => one.withFunds('2'));
  const offer = await anOffer(seller);
  const { id: tradeId } = await buyer.startTrade({ offerId: offer.id, amountXmr: '1' }, aKey());
  await buyer.confirmPaymentSent({ tradeId });
  await expectProblem(buyer.cancelTrade({ tradeId }), 403, 'second_factor_required');
  expect(await buyer.cancelTrade({ tradeId, code: nextCode(secret) })).toMatchObject({ state: 'cancelled' });
});

test('a code is not spent by a withdrawal that is refused for another reason', async () => {
  const { someone, secret } = await carefulPerson();
  await someone.withFunds('2');
  const address = await payee.newAddress();
  const code = nextCode(secret);
  const mistyped = {
    address: `${address.slice(0, -1)}${address.endsWith('1') ? '2' : '1'}`,
    amountXmr: '1',
    code,
  };
  await expectProblem(someone.requestWithdrawal(mistyped, aKey()), 422, 'invalid_address');
  const tooMuch = { address, amountXmr: '3', code };
  await expectProblem(someone.requestWithdrawal(tooMuch, aKey()), 409, 'insufficient_funds');
  await someone.requestWithdrawal({ address, amountXmr: '1', code }, aKey());
});

test('a step without a second factor takes no body, an empty one, and refuses what it does not know', async () => {
  const { seller, trade } = await aTrade({ state: 'payment_sent' });
  const path = `/trades/${trade.id}/payment-received`;
  const authorization = `Bearer ${seller.keys.accessToken}`;
  const sent = (body?: string) =>
    exchange('POST', path, {
      headers: { authorization, ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body }),
    });
  expect(await sent('{"kode":"1"}')).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
  expect(await sent('{')).toMatchObject({ status: 400, body: { code: 'invalid_json' } });
  for (const body of [undefined, '', '{}'])
    expect(await sent(body)).toMatchObject({ status: 200, body: { state: 'completed' } });
});

test('new recovery codes need password and code, and make the old ones void', async () => {
  const { someone, secret, recoveryCodes: old } = await carefulPerson();
  const { password } = someone;
  const code = nextCode(secret);
  await expectProblem(someone.renewRecoveryCodes({ password: 'wrong', code }), 403, 'wrong_second_factor');
  const { recoveryCodes } = await someone.renewRecoveryCodes({ password, code });
  expect(await someone.getMe()).toMatchObject({ recoveryCodesLeft: 10 });

  const newPassword = `${password} again`;
  const change = { currentPassword: password, newPassword };
  await expectProblem(someone.changePassword(change), 403, 'second_factor_required');
  const withOld = someone.changePassword({ ...change, code: old[0]! });
  await expectProblem(withOld, 403, 'wrong_second_factor');
  await someone.changePassword({ ...change, code: recoveryCodes[0]! });
  expect(await someone.getMe()).toMatchObject({ recoveryCodesLeft: 9 });
});
