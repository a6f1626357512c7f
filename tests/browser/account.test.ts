import { anAddress, mailTo } from '#tests/helpers/mailbox.ts';
import { theSandbox } from '#tests/helpers/sandbox.ts';
import {
  addEmail,
  confirmInMailbox,
  download,
  drawPlayMoney,
  linkIn,
  PASSWORD,
  signUp,
  turnOnSecondFactor,
} from './steps.ts';
import { axeViolations, overflowOf, story, visitor } from './visitor.ts';

const STORY_MS = 180_000;
const NEXT = 'some other words in a row';

test(
  'a person fills the profile, and the phrase and the display name are shown',
  story('account-profile', async () => {
    const ann = await visitor();
    const username = await signUp(ann, 'ann');
    await ann.goto('/account');
    await ann.getByLabel('Display name').fill('Pupero Support');
    await ann.getByRole('button', { name: 'Save' }).click();
    await ann.getByText('Use another name').waitFor();
    await ann.getByLabel('Display name').fill('Ann B.');
    await ann.getByLabel('Anti-phishing phrase').fill('blue whale');
    await ann.getByRole('button', { name: 'Save' }).click();
    await ann.getByText('Your phrase: blue whale').waitFor();
    await ann.getByText('Ann B.', { exact: true }).waitFor();
    await ann.getByText(`${username} ·`).waitFor();
    expect(await axeViolations(ann)).toEqual([]);

    await ann.getByRole('button', { name: 'Français' }).first().click();
    await ann.getByText('Votre phrase : blue whale').waitFor();
    await ann.setViewportSize({ width: 360, height: 740 });
    expect({ violations: await axeViolations(ann), overflow: await overflowOf(ann) }).toEqual({
      violations: [],
      overflow: 0,
    });
  }),
  STORY_MS,
);

test(
  'a change of the password signs other devices out, and they are listed until then',
  story('account-password', async () => {
    const [here, there] = await Promise.all([visitor(), visitor()]);
    const username = await signUp(here, 'ann');
    await there.goto('/sign-in');
    await there.getByLabel('Username').fill(username);
    await there.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await there.getByRole('button', { name: 'Sign in', exact: true }).click();
    await there.getByRole('heading', { name: 'Buy Monero', level: 1 }).waitFor();

    await here.goto('/account');
    await here.getByText('This device', { exact: true }).waitFor();
    await here.getByRole('button', { name: 'Sign out all other devices' }).waitFor();
    await here.getByRole('button', { name: 'Change password' }).click();
    await here.getByLabel('Current password').fill('wrong');
    await here.getByLabel('New password').fill(NEXT);
    await here.getByRole('button', { name: 'Change password' }).click();
    await here.getByText('The password is wrong.').waitFor();
    await here.getByLabel('Current password').fill(PASSWORD);
    await here.getByRole('button', { name: 'Change password' }).click();
    await here.getByText('Your password is changed. All other devices are signed out.').waitFor();
    await here.getByRole('button', { name: 'Sign out all other devices' }).waitFor({ state: 'detached' });

    await there.goto('/wallet');
    await there.getByRole('heading', { name: 'Sign in' }).waitFor();
  }),
  STORY_MS,
);

test(
  'new recovery codes replace the old ones',
  story('account-codes', async () => {
    const ann = await visitor();
    await signUp(ann, 'ann');
    const [code = ''] = await turnOnSecondFactor(ann);
    await ann.getByRole('button', { name: 'I have saved them' }).click();
    await ann.getByText('10 recovery codes are left.').waitFor();
    await ann.getByRole('button', { name: 'New recovery codes' }).click();
    await ann.getByLabel('Your password').fill(PASSWORD);
    await ann.getByLabel('Code from your authenticator app').fill(code);
    await ann.getByRole('button', { name: 'New recovery codes' }).click();
    const list = ann.getByRole('list', { name: 'Your recovery codes' });
    await list.waitFor();
    expect(await list.getByRole('listitem').allTextContents()).not.toContain(code);
  }),
  STORY_MS,
);

test(
  'a person confirms an address, and sets a new password by its mail',
  story('account-email', async () => {
    const ann = await visitor();
    const username = await signUp(ann, 'ann');
    const email = anAddress();
    await ann.goto('/account');
    await ann.getByRole('button', { name: 'Add an address' }).click();
    await ann.getByLabel('New e-mail address').fill('not one');
    await ann.getByLabel('Your password').fill(PASSWORD);
    await ann.getByRole('button', { name: 'Send the link' }).click();
    await ann.getByText('This is not an e-mail address.').waitFor();
    await ann.getByLabel('New e-mail address').fill(` ${email} `);
    await ann.getByRole('button', { name: 'Send the link' }).click();
    await ann.getByText(`A link is on its way to ${email}.`).waitFor();
    await ann.goto(linkIn(await mailTo(email, 'Confirm your e-mail address')));
    await ann.getByText(`${email} is confirmed.`).waitFor();
    expect(new URL(ann.url()).hash).toBe('');

    const elsewhere = await visitor();
    await elsewhere.goto('/sign-in');
    await elsewhere.getByRole('link', { name: 'Forgot your password?' }).click();
    await elsewhere.getByLabel('E-mail address').fill(email);
    await elsewhere.getByRole('button', { name: 'Send the link' }).click();
    await elsewhere.getByText('a link is on its way').waitFor();
    const link = linkIn(await mailTo(email, 'Reset your password'));
    await elsewhere.goto(link);
    await elsewhere.getByLabel('New password').fill(NEXT);
    expect(await axeViolations(elsewhere)).toEqual([]);
    await elsewhere.getByRole('button', { name: 'Set a new password' }).click();
    await elsewhere.getByText('Your new password is set.').waitFor();
    await elsewhere.getByLabel('Username').fill(username);
    await elsewhere.getByLabel('Password', { exact: true }).fill(NEXT);
    await elsewhere.getByRole('button', { name: 'Sign in', exact: true }).click();
    await elsewhere.getByRole('heading', { name: 'Buy Monero', level: 1 }).waitFor();

    await elsewhere.goto(link);
    await elsewhere.getByLabel('New password').fill(PASSWORD);
    await elsewhere.getByRole('button', { name: 'Set a new password' }).click();
    await elsewhere.getByText('This link is wrong, was used already, or is too old.').waitFor();
  }),
  STORY_MS,
);

test(
  'a confirmation link that is opened signed out works after the sign-in',
  story('account-confirm-later', async () => {
    const [here, there] = await Promise.all([visitor(), visitor()]);
    const username = await signUp(here, 'ann');
    const email = anAddress();
    await addEmail(here, email);
    await there.goto(linkIn(await mailTo(email, 'Confirm your e-mail address')));
    await there.getByLabel('Username').fill(username);
    await there.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await there.getByRole('button', { name: 'Sign in', exact: true }).click();
    await there.getByText(`${email} is confirmed.`).waitFor();
  }),
  STORY_MS,
);

/** A deploy has no mailbox. */
if (theSandbox().gateway === 'offline')
  test(
    'the mailbox of the sandbox shows a mail whose link works, in English and French',
    story('mailbox', async () => {
      const ann = await visitor({ locale: 'fr-FR' });
      const english = await visitor();
      await signUp(english, 'ann');
      const email = anAddress();
      await addEmail(english, email);
      await ann.goto('/mailbox');
      await ann.getByRole('heading', { name: 'Boîte aux lettres du bac à sable' }).waitFor();
      expect(await axeViolations(ann)).toEqual([]);
      await confirmInMailbox(english, email);
    }),
    STORY_MS,
  );

test(
  'a person downloads everything, and deletes the account once it is empty',
  story('account-deletion', async () => {
    const ann = await visitor({ acceptDownloads: true });
    const username = await signUp(ann, 'ann');
    await drawPlayMoney(ann);
    const { name, records } = await download(ann);
    expect(name).toBe(`pupero-${username}.json`);
    expect(records[0]).toMatchObject({ kind: 'account', account: { username } });
    expect(records.map(({ kind }) => kind)).toContain('entry');

    await ann.getByRole('button', { name: 'Delete the account' }).click();
    await ann.getByLabel('Your password').fill(PASSWORD);
    await ann.getByRole('button', { name: 'Delete for ever' }).click();
    await ann.getByRole('link', { name: 'There is XMR left: withdraw it.' }).waitFor();
    expect(await axeViolations(ann)).toEqual([]);

    const bob = await visitor();
    const empty = await signUp(bob, 'bob');
    await bob.goto('/account');
    await bob.getByRole('button', { name: 'Delete the account' }).click();
    await bob.getByLabel('Your password').fill('wrong words here');
    await bob.getByRole('button', { name: 'Delete for ever' }).click();
    await bob.getByText('The password is wrong.').waitFor();
    await bob.getByLabel('Your password').fill(PASSWORD);
    await bob.getByRole('button', { name: 'Delete for ever' }).click();
    await bob.getByText('Your account is deleted.').waitFor();
    await bob.goto('/sign-in');
    await bob.getByLabel('Username').fill(empty);
    await bob.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await bob.getByRole('button', { name: 'Sign in', exact: true }).click();
    await bob.getByText('Username or password is wrong.').waitFor();
  }),
  STORY_MS,
);
