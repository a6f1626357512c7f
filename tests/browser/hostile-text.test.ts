import { person } from '#tests/helpers/person.ts';
import { anOffer } from '#tests/helpers/trade.ts';
import { story, visitor } from './visitor.ts';

const STORY_MS = 60_000;
const HTML = '<img src=x onerror="document.title=1"><script>document.title=2</script>';

test(
  'shows HTML in the name and the terms of another person as text',
  story('hostile-text', async () => {
    const seller = await person().then((one) => one.withFunds('1'));
    await seller.updateMe({ displayName: '<b>Ann</b> &amp;' });
    const { id } = await anOffer(seller, { terms: HTML, methods: ['<i>cash</i>'], maxFiat: '50.00' });
    const page = await visitor();
    await page.goto(`/offers/${id}`);
    await page.getByText(HTML).waitFor();
    await page.getByText('<b>Ann</b> &amp;').first().waitFor();
    await page.getByText('<i>cash</i>').first().waitFor();
    expect(await page.locator('main img, main script, main b, main i').count()).toBe(0);
    expect(await page.title()).not.toMatch(/^[12]$/);
  }),
  STORY_MS,
);
