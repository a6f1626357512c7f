import { randomBytes } from 'node:crypto';
import { person } from '#tests/helpers/person.ts';
import { anOffer } from '#tests/helpers/trade.ts';
import { signUp } from './steps.ts';
import { story, visitor } from './visitor.ts';

const STORY_MS = 180_000;
/** No other test sells for this currency. Beside others' offers a filtered page could be short. */
const currency = 'PLN';
const fixed = (fiatPerXmr: string) => ({ kind: 'fixed', fiatPerXmr }) as const;

test(
  'shows each offer once while offers move between pages and the API repeats one',
  story('moving-offers', async () => {
    const method = `test-${randomBytes(6).toString('hex')}`;
    const owner = await person().then((one) => one.withFunds('1'));
    const made: Awaited<ReturnType<typeof anOffer>>[] = [];
    for (let rank = 0; rank < 25; rank += 1)
      made.push(await anOffer(owner, { currency, methods: [method], price: fixed(`${200 + rank}.00`) }));
    const page = await visitor();
    let first: unknown;
    await page.route('**/api/offers?**', async (route) => {
      // A failed request is passed on, because a handler that throws leaves the page waiting.
      const response = await route.fetch().catch(() => undefined);
      if (!response) return route.abort();
      if (!response.ok()) return route.fulfill({ response });
      const body = await response.json();
      first ??= body.items[0];
      const items = route.request().url().includes('cursor=') ? [first, ...body.items] : body.items;
      await route.fulfill({ response, json: { ...body, items } });
    });
    const cards = page.locator('article');
    await page.goto(`/?currency=${currency}&method=${method}`);
    await cards.nth(19).waitFor();
    expect(await cards.count()).toBe(20);

    await owner.updateOffer({ offerId: made[0]!.id, version: 1, price: fixed('223.50') });
    await owner.updateOffer({ offerId: made[23]!.id, version: 1, price: fixed('199.00') });
    await page.getByRole('button', { name: 'Show more' }).click();
    await cards.nth(24).waitFor();

    const links = await cards
      .getByRole('link')
      .evaluateAll((all) => all.map((link) => link.getAttribute('href')));
    const offers = links.filter((href) => href?.startsWith('/offers/'));
    expect(offers.sort()).toEqual(made.map(({ id }) => `/offers/${id}`).sort());
  }),
  STORY_MS,
);

test(
  'skips empty pages of a filtered list, and says that no trade is in this state',
  story('filtered-trades', async () => {
    const page = await visitor();
    await signUp(page, 'fay');
    const asked = new Set<number>();
    await page.route('**/api/me/trades?**', async (route) => {
      const { searchParams } = new URL(route.request().url());
      const number = Number(searchParams.get('cursor')?.replace('page-', '') ?? 1);
      asked.add(number);
      await route.fulfill({ json: { items: [], ...(number < 8 && { nextCursor: `page-${number + 1}` }) } });
    });
    await page.goto('/my/trades?state=cancelled');
    await page.getByRole('heading', { name: 'No trade in this state' }).waitFor();
    expect(asked.size).toBe(8);
    expect(await page.getByText('No trades yet').count()).toBe(0);
    await page.getByRole('button', { name: 'Show all trades' }).click();
    await page.getByRole('heading', { name: 'No trades yet' }).waitFor();
  }),
  STORY_MS,
);
