import type { Page } from 'playwright-core';
import { story, visitor } from './visitor.ts';

const STORY_MS = 120_000;
const FRENCH = { locale: 'fr-FR' };
/** The French texts of the page of market prices. The page itself is in another file. */
const FRENCH_TEXTS = /\/assets\/rates-/;

const title = (page: Page, name: string) => page.getByRole('heading', { name, level: 1 });

/** Collects each text that a title of level 1 ever has, in `window.titles`. */
const collectTitles = (page: Page) =>
  page.addInitScript(() => {
    const titles = new Set<string>();
    Object.assign(window, { titles });
    new MutationObserver(() => {
      for (const { innerText } of document.querySelectorAll('h1')) titles.add(innerText);
    }).observe(document, { subtree: true, childList: true, characterData: true });
  });

test(
  'shows a page in French from its first moment, however late its texts arrive',
  story('late-texts', async () => {
    const page = await visitor(FRENCH);
    await collectTitles(page);
    await page.route(FRENCH_TEXTS, async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      await route.fallback();
    });
    await page.goto('/rates');
    await title(page, 'Prix du marché').waitFor();
    expect(await page.evaluate(() => [...(window as unknown as { titles: Set<string> }).titles])).toEqual([
      'Prix du marché',
    ]);
  }),
  STORY_MS,
);

test(
  'shows a page in English if its French texts cannot be loaded, and the next page in French',
  story('missing-texts', async () => {
    const page = await visitor(FRENCH);
    await page.route(FRENCH_TEXTS, (route) => route.abort('connectionrefused'));
    await page.goto('/rates');
    await title(page, 'Market price').waitFor();
    await page.getByRole('link', { name: 'Se connecter' }).click();
    await title(page, 'Se connecter').waitFor();
    await page.unroute(FRENCH_TEXTS);
    await page.goBack();
    await title(page, 'Prix du marché').waitFor();
  }),
  STORY_MS,
);

test(
  'changes the language of an open page with its own texts, and back',
  story('change-language', async () => {
    const page = await visitor();
    await page.goto('/rates');
    await title(page, 'Market price').waitFor();
    await page.getByRole('button', { name: 'Français' }).click();
    await title(page, 'Prix du marché').waitFor();
    await page.getByRole('heading', { name: 'Convertisseur' }).waitFor();
    expect(await page.title()).toBe('Prix du marché · Pupero');
    await page.getByRole('button', { name: 'English' }).click();
    await title(page, 'Market price').waitFor();
  }),
  STORY_MS,
);

test(
  'keeps a language that was chosen just before the page was left',
  story('chosen-and-left', async () => {
    const page = await visitor();
    await page.goto('/rates');
    await title(page, 'Market price').waitFor();
    await page.route(FRENCH_TEXTS, () => {});
    await page.getByRole('button', { name: 'Français' }).click();
    await page.unroute(FRENCH_TEXTS);
    await page.goto('/rates');
    await title(page, 'Prix du marché').waitFor();
  }),
  STORY_MS,
);
