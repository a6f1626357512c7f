import type { Page } from 'playwright-core';
import { type Person, person } from '#tests/helpers/person.ts';
import { anOffer, aTrade } from '#tests/helpers/trade.ts';
import { axeViolations, overflowOf, story, visitor } from './visitor.ts';

const STORY_MS = 180_000;
const SMALL_FRENCH = { locale: 'fr-FR', colorScheme: 'dark', viewport: { width: 360, height: 740 } } as const;

/** Signs a person of the API in on a page in English or French. */
async function signIn(page: Page, { username, password }: Person, language: 'en' | 'fr') {
  const words = {
    en: ['Username', 'Password', 'Sign in'],
    fr: ['Nom d’utilisateur', 'Mot de passe', 'Se connecter'],
  } as const;
  const [name, secret, submit] = words[language];
  await page.goto('/sign-in');
  await page.getByLabel(name).fill(username);
  await page.getByLabel(secret, { exact: true }).fill(password);
  await page.getByRole('button', { name: submit, exact: true }).click();
  await page.waitForURL((url) => url.pathname === '/');
}

test(
  'two people review their trade, in two languages, and everybody reads it on their profiles',
  story('reputation', async () => {
    const { seller, buyer, trade } = await aTrade({ state: 'completed' });
    const [alice, bob] = [await visitor(SMALL_FRENCH), await visitor()];
    await signIn(bob, buyer, 'en');
    await bob.goto(`/trades/${trade.id}`);
    await bob.getByRole('heading', { name: `How was the trade with ${seller.username}?` }).waitFor();
    // Without a rating nothing is sent.
    await bob.getByRole('button', { name: 'Send the review' }).click();
    await bob.getByText('Choose 1 to 5 stars.').waitFor();
    await bob.getByRole('radio', { name: '4 stars' }).check({ force: true });
    await bob.getByLabel('Comment (optional)').fill('Fast, and a good reader of <b>tags</b>.');
    expect(await axeViolations(bob)).toEqual([]);
    await bob.screenshot({ path: 'test-results/browser/reputation-write.png', fullPage: true });
    await bob.getByRole('button', { name: 'Send the review' }).dblclick();
    await bob.getByText('Your review', { exact: true }).waitFor();
    await bob.getByText('Hidden until both have written, or for 7 days').waitFor();
    await bob.reload();
    await bob.getByText('Your review', { exact: true }).waitFor();
    expect(await bob.getByRole('button', { name: 'Send the review' }).count()).toBe(0);

    await signIn(alice, seller, 'fr');
    await alice.goto(`/trades/${trade.id}`);
    await alice.getByText(`${buyer.username} a écrit une évaluation à votre sujet.`).waitFor();
    await alice.getByRole('radio', { name: '5 étoiles' }).check({ force: true });
    expect(await axeViolations(alice)).toEqual([]);
    expect(await overflowOf(alice)).toBeLessThanOrEqual(0);
    await alice.screenshot({ path: 'test-results/browser/reputation-write-fr.png', fullPage: true });
    await alice.getByRole('button', { name: 'Envoyer l’évaluation' }).click();
    await alice.getByText(`Évaluation de ${buyer.username}`).waitFor();
    await alice.getByText('Fast, and a good reader of <b>tags</b>.').waitFor();

    // The name of the other party leads to the profile.
    await bob.getByRole('link', { name: `Profile of ${seller.username}` }).click();
    await bob.getByRole('heading', { name: `Profile of ${seller.username}`, level: 1 }).waitFor();
    await bob.getByText('1 review, which counts like 0.01').waitFor();
    await bob.getByText('Fast, and a good reader of <b>tags</b>.').waitFor();
    await bob.getByText('How this is counted').click();
    await bob.getByText('A new account counts 1 %', { exact: false }).waitFor();
    expect(await axeViolations(bob)).toEqual([]);
    expect(await overflowOf(bob)).toBeLessThanOrEqual(0);
    await bob.screenshot({ path: 'test-results/browser/reputation-profile.png', fullPage: true });

    await alice.goto(`/users/${seller.username}`);
    await alice.getByRole('heading', { name: `Profil de ${seller.username}` }).waitFor();
    await alice.getByText('Comment c’est compté').click();
    expect(await axeViolations(alice)).toEqual([]);
    expect(await overflowOf(alice)).toBeLessThanOrEqual(0);
    await alice.screenshot({ path: 'test-results/browser/reputation-profile-fr.png', fullPage: true });
    await alice.getByRole('button', { name: `Signaler l’évaluation de ${buyer.username}` }).click();
    await alice.getByRole('button', { name: 'Envoyer' }).click();
    await alice.getByText('Merci. La modération va s’en occuper.').waitFor();
  }),
  STORY_MS,
);

test(
  'a visitor finds a person by the beginning of a name, and by an offer',
  story('people', async () => {
    const owner = await (await person()).withFunds('5');
    const { username } = owner;
    await anOffer(owner);
    const page = await visitor();
    await page.goto('/');
    await page.getByRole('link', { name: 'Find people' }).click();
    await page.getByRole('heading', { name: 'Find people', level: 1 }).waitFor();
    await page.getByLabel('Beginning of a username').fill('~~');
    await page.getByText('Nobody’s name begins like that').waitFor();
    await page.getByLabel('Beginning of a username').fill(username.toUpperCase());
    const found = page.getByRole('link', { name: `Profile of ${username}` });
    await found.waitFor();
    expect(await axeViolations(page)).toEqual([]);
    await page.screenshot({ path: 'test-results/browser/reputation-search.png', fullPage: true });
    await found.click();
    await page.getByRole('heading', { name: `Profile of ${username}`, level: 1 }).waitFor();
    await page.getByText('No reviews yet').waitFor();
    await page.screenshot({ path: 'test-results/browser/reputation-new.png', fullPage: true });
    await page.goBack();
    await found.waitFor();

    await page.goto('/?sort=newest');
    await page.getByRole('link', { name: `Profile of ${username}` }).click();
    await page.getByRole('heading', { name: `Profile of ${username}`, level: 1 }).waitFor();

    await page.goto('/users/nobody-of-this-name');
    await page.getByRole('heading', { name: 'This could not be loaded.' }).waitFor();
  }),
  STORY_MS,
);
