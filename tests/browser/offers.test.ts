import { setTimeout as sleep } from 'node:timers/promises';
import { person } from '#tests/helpers/person.ts';
import { anOffer } from '#tests/helpers/trade.ts';
import { until } from '#tests/helpers/until.ts';
import { drawPlayMoney, fillOfferToSell, offerToSell, openOfferOf, signUp } from './steps.ts';
import { axeViolations, overflowOf, story, visitor } from './visitor.ts';

const STORY_MS = 180_000;

test(
  'pauses all offers on "My offers", shows them as paused, and opens them again',
  story('pause-offers', async () => {
    const [owner, reader] = await Promise.all([visitor(), visitor()]);
    const name = await signUp(owner, 'paula');
    await drawPlayMoney(owner);
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

test(
  'tells the owner that an offer is not on the market, and lists it once there is enough XMR',
  story('covered-offers', async () => {
    const [owner, reader] = await Promise.all([visitor(), visitor()]);
    const name = await signUp(owner, 'carla');
    await offerToSell(owner);
    await owner.getByText('Not on the market, because you have less XMR').waitFor();
    expect(await axeViolations(owner)).toEqual([]);
    const offer = await owner.getByRole('link', { name: 'Sell XMR · EUR' }).getAttribute('href');
    await reader.goto('/?sort=newest');
    await reader.locator('article').first().waitFor();
    expect(await reader.getByRole('link', { name: `Buy from ${name}` }).count()).toBe(0);
    await reader.goto(offer!);
    await reader.getByRole('link', { name: 'Sign in to trade' }).waitFor();
    expect(await reader.getByText('Not on the market').count()).toBe(0);

    await drawPlayMoney(owner);
    await until(
      async () => {
        await owner.goto('/my/offers');
        await owner.getByRole('link', { name: 'Sell XMR · EUR' }).waitFor();
        return owner.getByText('Not on the market').count();
      },
      (notes) => notes === 0,
    );
    await openOfferOf(reader, name);
  }),
  STORY_MS,
);

test(
  'keeps an unlisted offer for people with its link, and lists it later',
  story('unlisted-offer', async () => {
    const [owner, reader] = await Promise.all([
      visitor(),
      visitor({ viewport: { width: 360, height: 740 } }),
    ]);
    const name = await signUp(owner, 'uma');
    await drawPlayMoney(owner);
    await fillOfferToSell(owner);
    await owner.getByLabel('Only for people with the link').check();
    await owner.getByRole('button', { name: 'Publish offer' }).click();
    await owner.getByText('Your offer is saved, but the market does not list it.').waitFor();
    await owner.getByText('By link only').waitFor();
    const offer = await owner.getByRole('link', { name: 'Sell XMR · EUR' }).getAttribute('href');
    await reader.goto(offer!);
    await reader.getByText('The market does not list this offer.').waitFor();
    expect(await axeViolations(reader)).toEqual([]);
    expect(await overflowOf(reader)).toBe(0);

    await owner.getByRole('link', { name: 'Edit' }).click();
    await owner.getByLabel('Only for people with the link').uncheck();
    await owner.getByRole('button', { name: 'Save changes' }).click();
    await owner.getByText('Your changes are saved.').waitFor();
    await openOfferOf(reader, name);
  }),
  STORY_MS,
);

test(
  'asks to confirm a price more than 20 % off the market before a trade starts',
  story('far-off-taken', async () => {
    const seller = await person().then((one) => one.withFunds('1'));
    const dear = await anOffer(seller, { price: { kind: 'fixed', fiatPerXmr: '900.00' } });
    const usual = await anOffer(seller, { price: { kind: 'market', marginBp: 2_000 } });
    const page = await visitor();
    await signUp(page, 'taker');
    const dialog = page.getByRole('dialog');
    const start = page.getByRole('button', { name: 'Start trade' });

    // The market price arrives after the click.
    await page.route('**/api/rates', async (route) => {
      await sleep(2_000);
      await route.continue();
    });
    await page.goto(`/offers/${dear.id}`);
    await page.getByLabel('You pay (EUR)').fill('9');
    await start.click();
    await dialog.getByText(/^This price is [\d.]+% above the market$/).waitFor();
    await dialog.getByText('You would pay more for XMR than it is worth.').waitFor();
    expect(await axeViolations(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    expect(await page.getByLabel('You pay (EUR)').inputValue()).toBe('9');
    await start.click();
    await dialog.getByRole('button', { name: 'Start at this price' }).click();
    await page.getByRole('button', { name: 'I sent money' }).waitFor();

    await page.goto(`/offers/${usual.id}`);
    await page.getByLabel('You pay (EUR)').fill('9');
    await start.click();
    await page.getByRole('button', { name: 'I sent money' }).waitFor();
  }),
  STORY_MS,
);
