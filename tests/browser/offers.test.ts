import { offerToSell, openOfferOf, signUp } from './steps.ts';
import { axeViolations, story, visitor } from './visitor.ts';

const STORY_MS = 180_000;

test(
  'pauses all offers on "My offers", shows them as paused, and opens them again',
  story('pause-offers', async () => {
    const [owner, reader] = await Promise.all([visitor(), visitor()]);
    const name = await signUp(owner, 'paula');
    await offerToSell(owner);
    await openOfferOf(reader, name);
    await offerToSell(owner);

    await owner.getByRole('button', { name: 'Pause all offers' }).click();
    await owner.getByText('2 offers paused. Trades go on.').waitFor();
    await owner.getByText('Paused', { exact: true }).nth(1).waitFor();
    expect(await axeViolations(owner)).toEqual([]);
    await reader.reload();
    await reader.getByText('This offer is paused.').waitFor();

    await owner.getByRole('button', { name: 'Resume offers' }).click();
    await owner.getByText('2 offers open again.').waitFor();
    await reader.reload();
    await reader.getByRole('link', { name: 'Sign in to trade' }).waitFor();

    await owner.getByRole('button', { name: 'Pause', exact: true }).first().click();
    await owner.getByRole('button', { name: 'Resume offers' }).click();
    await owner.getByText('No offer was opened.', { exact: false }).waitFor();
  }),
  STORY_MS,
);
