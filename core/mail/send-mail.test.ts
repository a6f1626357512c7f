import { granted, HOME, PASSWORD, testWorld } from '#tests/helpers/world.ts';
import { LANGUAGES } from '../accounts/limits.ts';
import type { AccountId, SessionId, WithdrawalId } from '../ids.ts';
import { CHOSEN_NOTICES, NOTICE_KINDS, type NoticeKind } from '../notices/kinds.ts';
import { updateNoticeSettings } from '../notices/update-notice-settings.ts';
import { Unavailable } from '../unavailable.ts';
import { sendMail } from './send-mail.ts';

const MINE = 'ann@pupero.test';
const SENT_AT = { en: '14 November 2023 at 22:13 UTC', fr: '14 novembre 2023 à 22:13 UTC' };

/** The token in the link of a mail. */
const tokenIn = ({ text }: { text: string }) => /#(\S+)/.exec(text)![1]!;

async function anOwner(language: 'en' | 'fr' = 'en') {
  const world = testWorld();
  const caller = world.callerOf(await world.register('Ann'));
  granted(await world.changeEmail({ email: MINE, password: PASSWORD }, caller, HOME));
  const [mail] = await world.mails();
  granted(await world.confirmEmail({ token: tokenIn(mail!) }, caller));
  await world.updateMe({ language, antiPhishingPhrase: 'blue <b>whale</b>' }, caller);
  world.pass(20_000);
  await world.mails();
  return { world, caller };
}

test.each(LANGUAGES)(
  'each notice in %s has the phrase, a link, and the same words as text and HTML',
  async (language) => {
    const { world, caller } = await anOwner(language);
    const { accountId, sessionId } = caller;
    const at = world.clock.now();
    await updateNoticeSettings(world.ports)({ email: [...CHOSEN_NOTICES] }, caller);
    for (const notice of NOTICE_KINDS)
      await sendMail(world.ports)({ kind: 'notice', notice, accountId, at, sessionId });
    const sent = world.mailer.sent.slice(-NOTICE_KINDS.length);
    expect(new Set(sent.map(({ subject }) => subject)).size).toBe(NOTICE_KINDS.length);
    for (const { to, text, html } of sent) {
      expect(to).toBe(MINE);
      expect(text).toContain('blue <b>whale</b>');
      expect(html).toContain('blue &lt;b&gt;whale&lt;/b&gt;');
      expect(html).not.toContain('<b>');
      expect(text).toContain('https://pupero.example/account');
      expect(html).toContain(`lang="${language}"`);
      expect(text).toContain(SENT_AT[language]);
    }
  },
);

test('names the device of a new sign-in, and not the session of another account', async () => {
  const { world, caller } = await anOwner();
  const phone = { ...HOME, device: { browser: 'Safari', system: 'iOS' } };
  granted(await world.logIn({ login: 'ann', password: PASSWORD }, phone));
  world.pass(20_000);
  const [mail] = await world.mails();
  expect(mail).toMatchObject({ to: MINE, subject: 'New sign-in to your account' });
  expect(mail!.text).toContain('on a new device (Safari, iOS) on 14 November 2023');
  const at = world.clock.now();
  const job = { kind: 'notice' as const, notice: 'signed_in_elsewhere' as const, at };
  await sendMail(world.ports)({ ...job, accountId: caller.accountId, sessionId: 'unknown' as SessionId });
  expect(world.mailer.sent.at(-1)!.text).toContain('on a new device on 14');
});

test('a known device causes no notice', async () => {
  const { world } = await anOwner();
  const first = granted(await world.logIn({ login: 'ann', password: PASSWORD }, HOME));
  if (!('deviceTokens' in first)) throw new Error('not signed in');
  world.pass(20_000);
  expect(await world.mails()).toHaveLength(1);
  granted(
    await world.logIn({ login: 'ann', password: PASSWORD }, { ...HOME, deviceTokens: first.deviceTokens! }),
  );
  world.pass(20_000);
  expect(await world.mails()).toEqual([]);
});

test('a notice of a withdrawal leads to it', async () => {
  const { world, caller } = await anOwner();
  const withdrawalId = 'w1' as WithdrawalId;
  const at = world.clock.now();
  const { accountId } = caller;
  await sendMail(world.ports)({
    kind: 'notice',
    notice: 'withdrawal_requested',
    accountId,
    at,
    withdrawalId,
  });
  expect(world.mailer.sent.at(-1)!.text).toContain('https://pupero.example/wallet/withdrawals/w1');
});

test('an account without an address gets no notice', async () => {
  const world = testWorld();
  const caller = world.callerOf(await world.register('ann'));
  await world.changePassword({ currentPassword: PASSWORD, newPassword: 'another long password' }, caller);
  world.pass(20_000);
  expect(await world.mails()).toEqual([]);
});

test('a reset leads to a page that takes its token as a fragment', async () => {
  const { world } = await anOwner('fr');
  await sendMail(world.ports)({ kind: 'password_reset', email: MINE });
  const mail = world.mailer.sent.at(-1)!;
  expect(mail).toMatchObject({ to: MINE, subject: 'Réinitialiser votre mot de passe' });
  expect(mail.text).toContain('le compte Ann');
  expect(mail.text).toMatch(/\nhttps:\/\/pupero\.example\/reset-password#\S+\n/);
  const reset = { token: tokenIn(mail), newPassword: 'another long password' };
  expect(await world.confirmPasswordReset(reset)).toBeUndefined();
});

test('a reset for an unknown address sends nothing, and the log does not repeat the address', async () => {
  const { world } = await anOwner();
  const before = world.mailer.sent.length;
  const said: unknown[] = [];
  const log = { ...world.ports.log, info: (...line: unknown[]) => said.push(line) };
  await sendMail({ ...world.ports, log })({ kind: 'password_reset', email: 'eve@pupero.test' });
  expect(world.mailer.sent).toHaveLength(before);
  expect(said).toEqual([['no account has the address of a reset', {}]]);
});

test('a confirmation leads to a page that takes its token as a fragment', async () => {
  const { world, caller } = await anOwner();
  const email = 'new@pupero.test';
  await sendMail(world.ports)({ kind: 'email_confirmation', accountId: caller.accountId, email });
  const mail = world.mailer.sent.at(-1)!;
  expect(mail).toMatchObject({ to: email, subject: 'Confirm your e-mail address' });
  expect(mail.text).toMatch(/\nhttps:\/\/pupero\.example\/confirm-email#\S+\n/);
  expect(await world.confirmEmail({ token: tokenIn(mail) }, caller)).toBeUndefined();
  expect(await world.getMe(caller)).toMatchObject({ email, emailConfirmed: true });
});

test('an address that an account has already can be confirmed by it again', async () => {
  const { world, caller } = await anOwner();
  await sendMail(world.ports)({ kind: 'email_confirmation', accountId: caller.accountId, email: MINE });
  expect(world.mailer.sent.at(-1)!.subject).toBe('Confirm your e-mail address');
});

test('the owner of an address hears that another account wants it, in the owner’s words', async () => {
  const { world } = await anOwner('fr');
  const { accountId } = world.callerOf(await world.register('bob'));
  await sendMail(world.ports)({ kind: 'email_confirmation', accountId, email: MINE });
  const { to, subject, text } = world.mailer.sent.at(-1)!;
  expect({ to, subject }).toEqual({ to: MINE, subject: 'Votre adresse est déjà utilisée' });
  expect(text).toContain('Bonjour Ann,');
  expect(text).toContain('blue <b>whale</b>');
  expect(text).toContain('\nhttps://pupero.example/account\n');
  expect(text).not.toMatch(/bob|#/);
});

test.each([
  ['en', 'Your account is deleted'],
  ['fr', 'Votre compte est supprimé'],
] as const)(
  'a deleted account gets its last mail in %s, without being looked up',
  async (language, subject) => {
    const { ports, mailer } = testWorld();
    const addressee = { username: 'Ann', language, antiPhishingPhrase: 'blue whale' };
    await sendMail(ports)({ kind: 'account_deleted', email: MINE, ...addressee });
    expect(mailer.sent).toMatchObject([{ to: MINE, subject }]);
    expect(mailer.sent[0]!.text).toContain('blue whale');
    expect(mailer.sent[0]!.text).toContain('\nhttps://pupero.example/\n');
  },
);

test('jobs of an account that is gone by then send nothing', async () => {
  const { ports, mailer } = testWorld();
  const job = { accountId: 'gone' as AccountId, at: ports.clock.now(), email: MINE };
  await sendMail(ports)({ ...job, kind: 'notice', notice: 'password_changed' });
  await sendMail(ports)({ ...job, kind: 'email_confirmation' });
  expect(mailer.sent).toEqual([]);
});

test('fails with the mail server, so that the queue delivers the job again', async () => {
  const { world, caller } = await anOwner();
  const mailer = { send: async () => Promise.reject(new Unavailable('mail')) };
  const job = { kind: 'notice', notice: 'password_changed', at: world.clock.now(), ...caller } as const;
  await expect(sendMail({ ...world.ports, mailer })(job)).rejects.toThrow(Unavailable);
});

test('mails the notices that are wanted, with a link to the thing', async () => {
  const { world, caller } = await anOwner();
  const { accountId } = caller;
  const before = world.mailer.sent.length;
  const notify = (notice: NoticeKind, ids: object = {}) =>
    sendMail(world.ports)({ kind: 'notice', notice, accountId, at: world.clock.now(), ...ids });
  await notify('trade_completed', { tradeId: 't1' });
  expect(world.mailer.sent).toHaveLength(before);
  await notify('trade_started', { tradeId: 't1' });
  expect(world.mailer.sent.at(-1)!.text).toContain('https://pupero.example/trades/t1');
  await updateNoticeSettings(world.ports)({ email: ['deposit_credited', 'withdrawal_failed'] }, caller);
  await notify('trade_started', { tradeId: 't1' });
  await notify('deposit_credited', { depositId: 'd1' });
  expect(world.mailer.sent.at(-1)!.text).toContain('https://pupero.example/wallet');
  await notify('withdrawal_failed', { withdrawalId: 'w1' });
  expect(world.mailer.sent.at(-1)!.text).toContain('https://pupero.example/wallet/withdrawals/w1');
  expect(world.mailer.sent).toHaveLength(before + 3);
});
