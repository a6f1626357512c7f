import { client } from '#tests/helpers/client.ts';
import { expectProblem, pathsOf } from '#tests/helpers/expect-problem.ts';
import { carefulPerson, personWithEmail, personWithPasskey } from '#tests/helpers/guarded-person.ts';
import { mailTo } from '#tests/helpers/mailbox.ts';
import { people, person } from '#tests/helpers/person.ts';
import { rowsOf, TABLES } from '#tests/helpers/rows.ts';
import { codeOf } from '#tests/helpers/totp.ts';

const IBAN = 'DE89370400440532013000';
const HOLDER = 'Odalys Fennimore';
const sepa = { method: 'sepa', label: 'Green bank', fields: { name: HOLDER, iban: IBAN } };

test('anybody reads the payment methods with their fields', async () => {
  const { items } = await client().listPaymentMethods();
  expect(items.length).toBeGreaterThanOrEqual(30);
  expect(items.find(({ id }) => id === 'sepa')).toMatchObject({
    name: { en: 'SEPA transfer', fr: 'Virement SEPA' },
    fields: [{ name: 'name' }, { name: 'iban', format: 'iban' }, { name: 'bic', required: false }],
    currencies: ['EUR'],
  });
});

test('adds, lists, changes and removes a payment account', async () => {
  const someone = await person();
  const added = await someone.addPaymentAccount({
    ...sepa,
    fields: { name: HOLDER, iban: 'de89 3704 0044 0532 0130 00' },
  });
  expect(added).toMatchObject({ ...sepa, version: 1 });
  const { id: paymentAccountId } = added;
  expect(await someone.listPaymentAccounts()).toEqual({ items: [added] });

  const changed = await someone.updatePaymentAccount({ paymentAccountId, version: 1, label: 'Blue bank' });
  expect(changed).toMatchObject({ label: 'Blue bank', fields: sepa.fields, version: 2 });
  const stale = someone.updatePaymentAccount({ paymentAccountId, version: 1, label: 'Red bank' });
  await expectProblem(stale, 409, 'changed_since');

  await someone.removePaymentAccount({ paymentAccountId });
  await expectProblem(someone.removePaymentAccount({ paymentAccountId }), 404, 'not_found');
  expect(await someone.listPaymentAccounts()).toEqual({ items: [] });
});

test('names every field that does not fit its method', async () => {
  const someone = await person();
  const wrong = { iban: 'DE89370400440532013001', sortCode: '123456' };
  const refused = await expectProblem(
    someone.addPaymentAccount({ ...sepa, fields: wrong }),
    400,
    'invalid_request',
  );
  expect(pathsOf(refused).sort()).toEqual(['fields.iban', 'fields.name', 'fields.sortCode']);
  const invisible = { name: `Zinnia\u202e`, iban: IBAN };
  const hidden = someone.addPaymentAccount({ ...sepa, fields: invisible });
  expect(pathsOf(await expectProblem(hidden, 400, 'invalid_request'))).toEqual(['fields.name']);
});

const LONG = 'x'.repeat(10_000);
const HIDDEN = 'An\u202en';
const HTML = '<img src=x onerror=alert(1)>';
/** A well-formed IBAN of a country outside the Single Euro Payments Area. */
const TURKISH = 'TR330006100519786457841326';

test.each<[path: string, field: string, values: string[]]>([
  ['method', 'method', [LONG, HIDDEN, '']],
  ['label', 'label', [LONG, HIDDEN, '']],
  ['fields.name', 'name', [LONG, HIDDEN, '', '12']],
  ['fields.iban', 'iban', [LONG, HIDDEN, HTML, '', 'DE89370400440532013001', TURKISH]],
  ['fields.bic', 'bic', [LONG, HIDDEN, HTML, 'COBADE']],
])('names %s when it is wrong, in a new payment account and in a change', async (path, field, values) => {
  const someone = await person();
  const { id: paymentAccountId } = await someone.addPaymentAccount(sepa);
  for (const value of values) {
    const isOwn = path.startsWith('fields.');
    const wrong = isOwn ? { fields: { ...sepa.fields, [field]: value } } : { [field]: value };
    const added = someone.addPaymentAccount({ ...sepa, ...wrong });
    expect(pathsOf(await expectProblem(added, 400, 'invalid_request'))).toEqual([path]);
    if (field === 'method') continue;
    const changed = someone.updatePaymentAccount({ paymentAccountId, version: 1, ...wrong });
    expect(pathsOf(await expectProblem(changed, 400, 'invalid_request'))).toEqual([path]);
  }
});

test('nobody else sees or changes a payment account', async () => {
  const [owner, other] = await people(2);
  const { id: paymentAccountId } = await owner!.addPaymentAccount(sepa);
  expect(await other!.listPaymentAccounts()).toEqual({ items: [] });
  const change = { paymentAccountId, version: 1, label: 'mine' };
  await expectProblem(other!.updatePaymentAccount(change), 404, 'not_found');
  await expectProblem(other!.removePaymentAccount({ paymentAccountId }), 404, 'not_found');
  await expectProblem(client().listPaymentAccounts(), 401, 'not_signed_in');
  expect((await owner!.listPaymentAccounts()).items).toHaveLength(1);
});

test('a stolen access token cannot redirect the payments of an account with a second factor', async () => {
  const { someone, secret, recoveryCodes } = await carefulPerson();
  const code = codeOf(secret, 1);
  await expectProblem(someone.addPaymentAccount(sepa), 403, 'second_factor_required');
  const { id: paymentAccountId } = await someone.addPaymentAccount({ ...sepa, code });
  await expectProblem(someone.addPaymentAccount({ ...sepa, code }), 403, 'wrong_second_factor');

  const change = { paymentAccountId, version: 1, fields: { name: 'Thief', iban: IBAN } };
  await expectProblem(someone.updatePaymentAccount(change), 403, 'second_factor_required');
  await expectProblem(someone.removePaymentAccount({ paymentAccountId }), 403, 'second_factor_required');
  expect((await someone.listPaymentAccounts()).items).toMatchObject([{ fields: sepa.fields, version: 1 }]);

  const [first = '', second = ''] = recoveryCodes;
  await someone.updatePaymentAccount({ paymentAccountId, version: 1, label: 'Blue bank', code: first });
  await someone.removePaymentAccount({ paymentAccountId, code: second });
});

test('a passkey confirms a change as well', async () => {
  const { someone, key } = await personWithPasskey();
  const { challengeId, options } = await someone.startStepUp();
  const passkey = { challengeId, response: key.answer(options) };
  await someone.addPaymentAccount({ ...sepa, passkey });
  await expectProblem(someone.addPaymentAccount({ ...sepa, passkey }), 403, 'wrong_second_factor');
});

test('mails about a payment account that was added, changed or removed, and names no details', async () => {
  const someone = await personWithEmail();
  const { id: paymentAccountId } = await someone.addPaymentAccount(sepa);
  const mails = [await mailTo(someone.email, 'A payment account was added')];
  await someone.updatePaymentAccount({ paymentAccountId, version: 1, label: 'Blue bank' });
  mails.push(await mailTo(someone.email, 'A payment account was changed'));
  await someone.removePaymentAccount({ paymentAccountId });
  mails.push(await mailTo(someone.email, 'A payment account was removed'));
  for (const word of [IBAN, HOLDER, 'bank', 'sepa']) expect(JSON.stringify(mails)).not.toContain(word);
});

test('of 30 additions at once 20 are stored', async () => {
  const someone = await person();
  const attempts = Array.from({ length: 30 }, () => someone.addPaymentAccount(sepa));
  const results = await Promise.allSettled(attempts);
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(20);
  await expectProblem(someone.addPaymentAccount(sepa), 409, 'too_many_open');
  expect((await someone.listPaymentAccounts()).items).toHaveLength(20);
});

test('stolen tables do not tell the details, the export does, and a deletion erases them', async () => {
  const someone = await person();
  const added = await someone.addPaymentAccount(sepa);
  const accountRows = async () =>
    (await rowsOf('PAYMENT_ACCOUNTS_TABLE')).filter((row) => row.includes(added.id));
  expect(await accountRows()).toHaveLength(1);
  for (const table of TABLES)
    for (const word of [IBAN, HOLDER, sepa.label])
      expect((await rowsOf(table)).filter((row) => row.includes(word))).toEqual([]);

  const { items } = await someone.exportMe();
  expect(items.filter(({ kind }) => kind === 'payment_account')).toEqual([
    { kind: 'payment_account', paymentAccount: added },
  ]);
  await someone.deleteMe({ password: someone.password });
  expect(await accountRows()).toEqual([]);
});
