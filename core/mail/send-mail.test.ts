import { granted, HOME, PASSWORD, testWorld } from '#tests/helpers/world.ts';
import { LANGUAGES } from '../accounts/limits.ts';
import { NOTICES } from '../accounts/mail-jobs.ts';
import type { SessionId, WithdrawalId } from '../ids.ts';
import { sendMail } from './send-mail.ts';

const MINE = 'ann@pupero.test';

async function anOwner(language: 'en' | 'fr' = 'en') {
  const world = testWorld();
  const caller = world.callerOf(await world.register('Ann'));
  granted(await world.changeEmail({ email: MINE, password: PASSWORD }, caller, HOME));
  const [mail] = await world.mails();
  granted(await world.confirmEmail({ token: /#(\S+)/.exec(mail!.text)![1]! }, caller));
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
    for (const notice of NOTICES)
      await sendMail(world.ports)({ kind: 'notice', notice, accountId, at, sessionId });
    const sent = world.mailer.sent.slice(-NOTICES.length);
    expect(new Set(sent.map(({ subject }) => subject)).size).toBe(NOTICES.length);
    for (const { to, text, html } of sent) {
      expect(to).toBe(MINE);
      expect(text).toContain('blue <b>whale</b>');
      expect(html).toContain('blue &lt;b&gt;whale&lt;/b&gt;');
      expect(html).not.toContain('<b>');
      expect(text).toContain('https://pupero.example/account');
      expect(html).toContain(`lang="${language}"`);
      expect(text).toContain('2023');
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
