import { invoke, mine } from '#tests/helpers/chain.ts';
import { anAddress } from '#tests/helpers/mailbox.ts';
import { payee } from '#tests/helpers/payee.ts';
import { passkeyDevice } from './passkey-device.ts';
import {
  addEmail,
  askToWithdraw,
  confirmByMail,
  download,
  drawPlayMoney,
  givePassword,
  PASSWORD,
  signOut,
  signUp,
  turnOnSecondFactor,
} from './steps.ts';
import { story, visitor } from './visitor.ts';

const STORY_MS = 240_000;

test(
  'an account from its sign-up to its deletion: mail, app, recovery code, passkey, withdrawal, export',
  story('story-of-an-account', async () => {
    const ann = await visitor({ acceptDownloads: true });
    await passkeyDevice(ann);
    const username = await signUp(ann, 'ann');
    const email = anAddress();
    await addEmail(ann, email);
    await confirmByMail(ann, email);
    const [first = '', second = ''] = await turnOnSecondFactor(ann);
    await ann.getByRole('button', { name: 'I have saved them' }).click();

    await signOut(ann);
    await givePassword(ann, username);
    await ann.getByLabel('Code', { exact: true }).fill(first);
    await ann.getByRole('button', { name: 'Continue' }).click();
    await ann.getByRole('heading', { name: 'Buy Monero', level: 1 }).waitFor();

    await ann.goto('/account');
    await ann.getByText('9 recovery codes are left.').waitFor();
    await ann.getByRole('button', { name: 'Add a passkey' }).click();
    await ann.getByLabel('Your password').fill(PASSWORD);
    await ann.getByLabel('Code from your authenticator app').fill(second);
    await ann.getByRole('button', { name: 'Add a passkey' }).click();
    await ann.getByText('8 recovery codes are left.').waitFor();
    await ann.getByText('Never used').waitFor();

    await drawPlayMoney(ann);
    await askToWithdraw(ann, await payee.newAddress(), 'everything');
    await ann.getByRole('button', { name: 'Use a passkey' }).click();
    await ann.getByTestId('txid').waitFor();
    await mine(10);
    await invoke('followWithdrawals');
    await ann.getByText('Paid. It can no longer be undone.').waitFor();

    const { records } = await download(ann);
    const kinds = records.map(({ kind }) => kind);
    expect(kinds).toEqual(expect.arrayContaining(['account', 'second_factor', 'passkey', 'withdrawal']));

    await ann.getByRole('button', { name: 'Delete the account' }).click();
    await ann.getByLabel('Your password').fill(PASSWORD);
    await ann.getByRole('button', { name: 'Use a passkey' }).click();
    await ann.getByText('Your account is deleted.').waitFor();
    await ann.goto('/sign-in');
    await ann.getByRole('button', { name: 'Sign in with a passkey' }).click();
    await ann.getByText('No account here has this passkey any more.').waitFor();
  }),
  STORY_MS,
);
