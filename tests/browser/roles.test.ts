import type { Page } from 'playwright-core';
import { admin } from '#tests/helpers/admin.ts';
import { en } from '../../web/src/i18n/en/index.ts';
import { fr } from '../../web/src/i18n/fr/index.ts';
import { PASSWORD } from './steps.ts';
import { axeViolations, overflowOf, pictureOf, story, visitor } from './visitor.ts';

const STORY_MS = 300_000;
const PHONE = { width: 360, height: 740 };
const DESK = { width: 1440, height: 900 };

const languages = [
  { locale: 'en-GB', t: en, decimals: (text: string) => text, tag: 'en' },
  { locale: 'fr-FR', t: fr, decimals: (text: string) => text.replace('.', ','), tag: 'fr' },
] as const;

const NOBODY = {
  fiat: '',
  method: '',
  buyer: '',
  seller: '',
  asker: '',
  agreer: '',
  opener: '',
  toBuyer: '',
  toSeller: '',
};

/** The story takes the texts of the site itself, so that both languages go through the same steps. */
describe.each(languages)('in $locale', ({ locale, t, decimals, tag }) => {
  const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
  const field = (page: Page, name: string) => page.getByLabel(name, { exact: true });
  let made = 0;

  async function signUp(page: Page, name: string): Promise<string> {
    const username = `${name}-${Date.now().toString(36)}${made++}`;
    await page.goto('/sign-up');
    await field(page, t.session.username).fill(username);
    await field(page, t.session.password).fill(PASSWORD);
    await button(page, t.shell.signUp).click();
    await page.getByRole('heading', { name: t.market.title.buy, level: 1 }).waitFor();
    return username;
  }

  /** The page as it is, on a phone and on a desk, with nothing cut off and nothing inaccessible. */
  async function shown(page: Page, name: string) {
    for (const [size, viewport] of Object.entries({ 360: PHONE, 1440: DESK })) {
      await page.setViewportSize(viewport);
      expect({ name, size, overflow: await overflowOf(page) }).toEqual({ name, size, overflow: 0 });
      await pictureOf(page, `roles-${tag}-${name}-${size}`);
    }
    expect({ name, violations: await axeViolations(page) }).toEqual({ name, violations: [] });
  }

  async function publish(page: Page) {
    await page.goto('/wallet');
    await button(page, t.wallet.drawFaucet).click();
    await page.getByText(t.wallet.drawn).waitFor();
    await page.goto('/offers/new');
    await page.getByLabel(t.offers.fixed).check();
    await page.getByLabel(t.offers.fixedPrice('EUR')).fill('150');
    await page.getByLabel(t.offers.min('EUR')).fill('10');
    await page.getByLabel(t.offers.max('EUR')).fill('400');
    await page.getByLabel(t.methods.sepa, { exact: true }).check();
    await shown(page, 'maker-1-new-offer');
    await button(page, t.offers.publish).click();
    await page.getByText(t.offers.published).waitFor();
    await shown(page, 'maker-2-own-offers');
  }

  async function take(page: Page, maker: string, fiat: string) {
    await page.goto('/?sort=newest');
    await page.getByRole('link', { name: t.market.buyFrom(maker) }).waitFor();
    await shown(page, 'taker-1-market');
    await page.getByRole('link', { name: t.market.buyFrom(maker) }).click();
    await page.getByLabel(t.offers.youPay('EUR')).fill(fiat);
    await shown(page, 'taker-2-offer');
    await button(page, t.offers.start).click();
    await button(page, t.trade.sentMoney).waitFor();
  }

  async function say(page: Page, text: string) {
    await page.getByLabel(t.talk.write).fill(text);
    await button(page, t.talk.send).click();
    await page.getByText(text).first().waitFor();
  }

  test(
    'a maker sells, a taker buys, and an arbitrator decides their second trade',
    story(`roles-${tag}`, async () => {
      const [making, taking, deciding] = await Promise.all([
        visitor({ locale, viewport: DESK }),
        visitor({ locale, viewport: DESK }),
        visitor({ locale, viewport: DESK }),
      ]);
      const maker = await signUp(making, 'maker');
      const taker = await signUp(taking, 'taker');
      const arbitrator = await signUp(deciding, 'decider');
      await admin('grant', arbitrator, 'moderator');
      await publish(making);

      await take(taking, maker, '75');
      await shown(taking, 'taker-3-to-pay');
      await making.goto('/my/trades');
      await making.getByRole('link', { name: t.trade.open(taker) }).waitFor();
      await shown(making, 'maker-3-trades');
      await making.getByRole('link', { name: t.trade.open(taker) }).click();
      await say(taking, 'Ça part ce soir. / It leaves tonight.');
      await making.getByText('It leaves tonight.').first().waitFor();
      await button(taking, t.trade.sentMoney).click();
      await button(making, t.trade.receivedMoney).waitFor();
      await shown(making, 'maker-4-paid');
      await button(making, t.trade.receivedMoney).click();
      await shown(making, 'maker-5-release');
      await making.getByRole('button', { name: t.trade.release(`${decimals('0.5')} XMR`) }).click();
      await taking.getByText(t.trade.ends.buyer.completed({ ...NOBODY, seller: maker })).waitFor();
      await shown(taking, 'taker-4-completed');
      await shown(making, 'maker-6-completed');

      await take(taking, maker, '60');
      await button(taking, t.trade.sentMoney).click();
      await button(taking, t.trade.dispute).click();
      await taking.getByLabel(t.trade.disputeReason).fill('Paid twice, answered never.');
      await shown(taking, 'taker-5-dispute');
      await button(taking, t.trade.disputeYes).click();
      await taking.getByText(t.trade.next.buyer.disputed()).waitFor();

      // A new role ends the sessions of its account.
      await deciding.goto('/sign-in');
      await field(deciding, t.session.username).fill(arbitrator);
      await field(deciding, t.session.password).fill(PASSWORD);
      await button(deciding, t.shell.signIn).click();
      await deciding.getByRole('heading', { name: t.market.title.buy, level: 1 }).waitFor();
      await deciding.goto('/moderation');
      await deciding.getByRole('link', { name: t.moderation.disputeOf(maker, taker) }).waitFor();
      await shown(deciding, 'arbitrator-1-queue');
      await deciding.getByRole('link', { name: t.moderation.disputeOf(maker, taker) }).click();
      await deciding.getByText('Paid twice, answered never.').first().waitFor();
      await button(deciding, t.trade.half).click();
      await deciding.getByLabel(t.trade.decideNote).fill('Half was paid.');
      await shown(deciding, 'arbitrator-2-dispute');
      await button(deciding, t.trade.decide).click();
      await button(deciding, t.trade.decideYes).click();
      await taking.getByText('Half was paid.').first().waitFor();
      await shown(taking, 'taker-6-decided');
      await shown(deciding, 'arbitrator-3-decided');
      await making.goto('/wallet');
      await button(making, t.wallet.drawFaucet).waitFor();
      await shown(making, 'maker-7-wallet');
    }),
    STORY_MS,
  );
});
