import type { Page } from 'playwright-core';
import { type Person, person } from '#tests/helpers/person.ts';
import { aTrade } from '#tests/helpers/trade.ts';
import { axeViolations, overflowOf, story, visitor } from './visitor.ts';

const STORY_MS = 180_000;
const SMALL_FRENCH = { locale: 'fr-FR', colorScheme: 'dark', viewport: { width: 360, height: 740 } } as const;
const WIDE = { viewport: { width: 1440, height: 900 } };

const WORDS = {
  en: { name: 'Username', secret: 'Password', signIn: 'Sign in' },
  fr: { name: 'Nom d’utilisateur', secret: 'Mot de passe', signIn: 'Se connecter' },
} as const;

async function signIn(page: Page, { username, password }: Person, language: keyof typeof WORDS) {
  const { name, secret, signIn } = WORDS[language];
  await page.goto('/sign-in');
  await page.getByLabel(name).fill(username);
  await page.getByLabel(secret, { exact: true }).fill(password);
  await page.getByRole('button', { name: signIn, exact: true }).click();
  await page.waitForURL((url) => url.pathname === '/');
}

/** Makes the tab hidden or visible for its scripts. */
const showTab = (page: Page, isShown: boolean) =>
  page.evaluate((hidden) => {
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden });
    document.dispatchEvent(new Event('visibilitychange'));
  }, !isShown);

test(
  'tells of new notices on every page, and marks them as read',
  story('notices', async () => {
    const { seller, trade } = await aTrade({ state: 'payment_sent' });
    const page = await visitor(WIDE);
    await signIn(page, seller, 'en');
    const { unreadNotices } = await seller.getMe();
    const bell = (n: number) =>
      page.getByRole('link', { name: n ? `Notices, ${n} unread` : 'Notices', exact: true });
    await bell(unreadNotices).waitFor();
    expect(await page.title()).toBe(`(${unreadNotices}) Buy Monero · Pupero`);
    await page.getByRole('link', { name: 'Wallet' }).click();
    await page.getByRole('heading', { name: 'Wallet', level: 1 }).waitFor();
    expect(await page.title()).toBe(`(${unreadNotices}) Wallet · Pupero`);

    await bell(unreadNotices).click();
    const paid = page.getByRole('link', { name: /^The buyer says that the payment was sent/ });
    const taken = page.getByRole('link', { name: /^Somebody took your offer/ });
    await paid.getByText('New', { exact: true }).waitFor();
    const rows = await page.getByRole('listitem').allInnerTexts();
    expect(rows[0]).toMatch(/^Your account was signed in to on a new device\./);
    expect(rows[1]).toMatch(/^The buyer says/);
    expect(rows[2]).toMatch(/^Somebody took your offer\./);
    expect(await axeViolations(page)).toEqual([]);

    // A notice is read when its page opens; newer ones are not.
    await taken.click();
    await page.waitForURL(`**/trades/${trade.id}`);
    await bell(2).waitFor();
    expect(await page.title()).toMatch(/^\(2\) /);
    await page.goBack();
    await taken.waitFor();
    await taken.getByText('New', { exact: true }).waitFor({ state: 'detached' });
    expect(await paid.getByText('New', { exact: true }).count()).toBe(1);
    await page.getByRole('button', { name: 'Mark all as read' }).click();
    await page.getByText('All notices are read.').waitFor();
    await bell(0).waitFor();
    expect(await page.getByText('New', { exact: true }).count()).toBe(0);
    expect(await page.title()).toBe('Notices · Pupero');
    expect(await seller.getMe()).toMatchObject({ unreadNotices: 0 });
    expect(await axeViolations(page)).toEqual([]);
  }),
  STORY_MS,
);

test(
  'learns of a notice without a reload, and keeps what was typed meanwhile',
  story('notices-later', async () => {
    const { seller, buyer, trade } = await aTrade({ state: 'payment_sent' });
    const page = await visitor();
    await signIn(page, buyer, 'en');
    await buyer.readNotices({ upTo: (await buyer.listNotices()).items[0]!.id });
    await page.goto('/account');
    await page.getByLabel('Display name').fill('half typed');
    await seller.confirmPaymentReceived({ tradeId: trade.id });
    await showTab(page, true);
    await page.getByRole('link', { name: 'Notices, 1 unread' }).waitFor();
    expect(await page.title()).toBe('(1) Account · Pupero');
    expect(await page.getByLabel('Display name').inputValue()).toBe('half typed');
    await page.getByRole('link', { name: 'Notices, 1 unread' }).click();
    await page.getByRole('link', { name: /^A trade is complete/ }).waitFor();
  }),
  STORY_MS,
);

test(
  'a list without notices says what will be in it, in French on a small screen',
  story('no-notices', async () => {
    const page = await visitor(SMALL_FRENCH);
    const newcomer = await person();
    await page.route('**/api/me/notices?*', (route) => route.fulfill({ json: { items: [] } }));
    await page.route('**/api/me/notices', (route) => route.fulfill({ json: { items: [] } }));
    await signIn(page, newcomer, 'fr');
    await page.goto('/notices');
    await page.getByRole('heading', { name: 'Aucune notification' }).waitFor();
    expect(await axeViolations(page)).toEqual([]);
    expect(await overflowOf(page)).toBeLessThanOrEqual(0);
  }),
  STORY_MS,
);

test(
  'reads older notices page by page',
  story('many-notices', async () => {
    const page = await visitor();
    const reader = await person();
    const notice = (n: number) => ({
      id: `${String(1_700_000_000_000 + n).padStart(15, '0')}-x-${n}`,
      at: new Date(1_700_000_000_000 + n).toISOString(),
      kind: 'deposit_credited',
      depositId: 'a-deposit',
      read: true,
    });
    await page.route(/\/api\/me\/notices(\?|$)/, (route) => {
      const isSecond = new URL(route.request().url()).searchParams.get('cursor') === 'next';
      const items = Array.from({ length: 20 }, (_, n) => notice(isSecond ? 20 - n : 40 - n));
      return route.fulfill({ json: { items, ...(!isSecond && { nextCursor: 'next' }) } });
    });
    await signIn(page, reader, 'en');
    await page.goto('/notices');
    const rows = page.getByRole('link', { name: /^A deposit is credited/ });
    await rows.first().waitFor();
    expect(await rows.count()).toBe(20);
    await page.getByRole('button', { name: 'Show more' }).click();
    await page.getByText('Notices are kept for 90 days.').waitFor();
    expect(await rows.count()).toBe(40);
    expect(await rows.first().getAttribute('href')).toBe('/wallet');
  }),
  STORY_MS,
);

test.each(['en', 'fr'] as const)(
  'keeps the kinds that are mailed and shown by the browser (%s)',
  async (language) => {
    await story(`notice-settings-${language}`, async () => {
      const words = {
        en: {
          title: 'Notice settings',
          mail: 'By mail: A deposit is credited.',
          browser: 'By the browser: Somebody took your offer.',
          save: 'Save',
          saved: 'Your choice is saved.',
          noEmail: 'Nothing is mailed yet, because you have no confirmed e-mail address.',
        },
        fr: {
          title: 'Réglages des notifications',
          mail: 'Par e-mail : Un dépôt a été crédité.',
          browser: 'Par le navigateur : Quelqu’un a pris votre offre.',
          save: 'Enregistrer',
          saved: 'Votre choix est enregistré.',
          noEmail: 'Rien n’est envoyé pour l’instant, car vous n’avez pas d’adresse e-mail confirmée.',
        },
      }[language];
      const page = await visitor(language === 'fr' ? SMALL_FRENCH : WIDE);
      const chooser = await person();
      await signIn(page, chooser, language);
      await page.goto('/account/notices');
      await page.getByRole('heading', { name: words.title, level: 1 }).waitFor();
      await page.getByText(words.noEmail).waitFor();
      const before = await chooser.getNoticeSettings();
      await page.getByLabel(words.mail).check();
      await page.getByLabel(words.browser).uncheck();
      await page.getByRole('button', { name: words.save, exact: true }).click();
      await page.getByText(words.saved).waitFor();
      const after = await chooser.getNoticeSettings();
      expect(new Set(after.email)).toEqual(new Set([...before.email, 'deposit_credited']));
      expect(new Set(after.browser)).toEqual(
        new Set(before.browser.filter((kind) => kind !== 'trade_started')),
      );
      await page.reload();
      await page.getByLabel(words.mail).waitFor();
      expect(await page.getByLabel(words.mail).isChecked()).toBe(true);
      expect(await page.getByLabel(words.browser).isChecked()).toBe(false);
      expect(await axeViolations(page)).toEqual([]);
      expect(await overflowOf(page)).toBeLessThanOrEqual(0);
    })();
  },
  STORY_MS,
);

/** Replaces `Notification`: `window.asked` counts the questions, `window.notified` has what was shown. */
const fakeNotifications = (page: Page, answer: NotificationPermission) =>
  page.addInitScript((given) => {
    const state = {
      asked: 0,
      notified: [] as string[],
      last: undefined as { onclick?: () => void } | undefined,
    };
    Object.assign(window, { state });
    class Fake {
      static get permission() {
        return localStorage.getItem('permission') ?? 'default';
      }
      static async requestPermission() {
        state.asked += 1;
        localStorage.setItem('permission', given);
        return given;
      }
      onclick?: () => void;
      constructor(title: string, { body = '' } = {}) {
        if (Fake.permission === 'granted') state.notified.push(`${title}: ${body}`);
        state.last = this;
      }
      close() {}
    }
    Object.assign(window, { Notification: Fake });
  }, answer);
type Faked = { state: { asked: number; notified: string[]; last?: { onclick?: () => void } } };
const faked = (page: Page) =>
  page.evaluate(() => {
    const { asked, notified } = (window as unknown as Faked).state;
    return { asked, notified };
  });

test(
  'the browser is asked after a click only, and shows notices that arrive while the tab is hidden',
  story('browser-notices', async () => {
    const { seller, buyer, trade } = await aTrade({ state: 'payment_sent' });
    const page = await visitor();
    await fakeNotifications(page, 'granted');
    await signIn(page, buyer, 'en');
    await page.goto('/account/notices');
    await page.getByText('This browser has not been asked yet.').waitFor();
    expect(await faked(page)).toEqual({ asked: 0, notified: [] });
    await page.getByRole('button', { name: 'Allow notifications' }).click();
    await page.getByText('This browser shows notifications.').waitFor();
    expect(await faked(page)).toEqual({ asked: 1, notified: [] });

    await showTab(page, false);
    await seller.confirmPaymentReceived({ tradeId: trade.id });
    await page.waitForFunction(() => (window as unknown as Faked).state.notified.length > 0, undefined, {
      timeout: 90_000,
    });
    expect((await faked(page)).notified).toEqual(['Pupero: A trade is complete. The XMR is in your wallet.']);
    await page.evaluate(() => (window as unknown as Faked).state.last?.onclick?.());
    await page.waitForURL(`**/trades/${trade.id}`);
  }),
  STORY_MS,
);

test(
  'says what to do where the browser blocks notifications, and what is impossible',
  story('blocked-notices', async () => {
    const blocker = await person();
    const page = await visitor();
    await fakeNotifications(page, 'denied');
    await signIn(page, blocker, 'en');
    await page.goto('/account/notices');
    await page.getByRole('button', { name: 'Allow notifications' }).click();
    await page.getByText(/^This browser blocks notifications of this site\./).waitFor();
    expect(await page.getByRole('button', { name: 'Allow notifications' }).count()).toBe(0);
    expect(await axeViolations(page)).toEqual([]);
    await page.addInitScript(() => Reflect.deleteProperty(window, 'Notification'));
    await page.reload();
    await page.getByText('This browser cannot show notifications of a page.').waitFor();
  }),
  STORY_MS,
);
