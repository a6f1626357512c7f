import type { Addressee } from '../accounts/mail-jobs.ts';
import { type Letter, mailOf } from './render.ts';
import { en } from './texts/en.ts';
import { fr } from './texts/fr.ts';

const LETTER: Letter = { subject: 'News', paragraphs: ['One thing.', 'Another thing.'], action: 'Look' };
const LINK = 'https://pupero.example/account';
const ANN: Addressee = { username: 'Ann', language: 'en', antiPhishingPhrase: 'blue whale' };

/** Text that would be markup, or end an attribute, if it were not escaped. */
const SIGNS = `<b title="it's">&amp;</b>`;

/** The lines that a reader of the HTML sees, below the head. */
const visibleLines = (html: string) =>
  html
    .replace(/^.*<body/s, '<body')
    .replaceAll(/<[^>]+>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
    .split('\n')
    .filter((line) => line !== '');

test('the text greets, says each paragraph, and ends with link, phrase and footer', () => {
  expect(mailOf(LETTER, LINK, ANN, en.common)).toMatchObject({
    subject: 'News',
    text: `Hello Ann,

One thing.

Another thing.

Look:
https://pupero.example/account

Your anti-phishing phrase: blue whale

Pupero never asks for your password, a code or a recovery code by mail.
`,
  });
});

test.each([
  ['en', 'You have no anti-phishing phrase yet. With one, you can tell our mails from forged ones.'],
  [
    'fr',
    'Vous n’avez pas encore de phrase anti-hameçonnage. Elle vous permet de distinguer nos e-mails des contrefaçons.',
  ],
] as const)('in %s, an account without a phrase reads what one is good for', (language, hint) => {
  const { text, html } = mailOf(LETTER, LINK, { username: 'Ann', language }, { en, fr }[language].common);
  expect(text.split('\n')).toContain(hint);
  expect(visibleLines(html)).toContain(hint);
});

test.each([
  ['plain texts', LETTER, ANN],
  [
    'signs of HTML in every text',
    { subject: SIGNS, paragraphs: [SIGNS, `${SIGNS} again`], action: SIGNS },
    { username: SIGNS, language: 'en', antiPhishingPhrase: SIGNS },
  ],
] as const)('with %s, text and HTML say the same', (_, letter, addressee) => {
  const { text, html } = mailOf(letter, LINK, addressee, en.common);
  const lines = text.split('\n').filter((line) => line !== '');
  expect(visibleLines(html)).toEqual([
    'Pupero',
    ...lines.map((line) => (line === `${letter.action}:` ? letter.action : line)),
  ]);
});

test('the subject is the title, in the language of the account', () => {
  const { html } = mailOf({ ...LETTER, subject: SIGNS }, LINK, { ...ANN, language: 'fr' }, fr.common);
  expect(html).toMatch(/^<!doctype html>\n<html lang="fr">\n/);
  expect(html).toContain('<title>&lt;b title=&quot;it&#39;s&quot;&gt;&amp;amp;&lt;/b&gt;</title>');
});

test('the only link is the letter’s, and cannot leave its attribute', () => {
  const { html } = mailOf(LETTER, 'https://pupero.example/?a="&b=\'', ANN, en.common);
  expect(html.match(/href="[^"]*"/g)).toEqual(['href="https://pupero.example/?a=&quot;&amp;b=&#39;"']);
});

test('nothing is loaded when a mail is opened', () => {
  const { html } = mailOf(LETTER, LINK, ANN, en.common);
  expect(html).not.toMatch(/\bsrc=|url\(|<(?:img|link|script|style|iframe)\b/);
});
