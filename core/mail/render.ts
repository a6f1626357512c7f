import type { Addressee } from '../accounts/mail-jobs.ts';
import { escapedHtml } from '../escaped-html.ts';
import type { Mail } from './ports.ts';

/** The content of a mail. `action` is the text of its link. */
export type Letter = { subject: string; paragraphs: readonly string[]; action: string };

/** Texts of every mail in one language. */
export type CommonTexts = {
  greeting: (username: string) => string;
  phrase: (phrase: string) => string;
  noPhrase: string;
  footer: string;
};

/** A letter as subject, text and HTML, with the owner's anti-phishing phrase. */
export function mailOf(
  letter: Letter,
  link: string,
  { username, language, antiPhishingPhrase }: Addressee,
  common: CommonTexts,
): Omit<Mail, 'to'> {
  const { subject, paragraphs, action } = letter;
  const greeting = common.greeting(username);
  const phrase = antiPhishingPhrase === undefined ? common.noPhrase : common.phrase(antiPhishingPhrase);
  const lines = [greeting, ...paragraphs, `${action}:\n${link}`, phrase, common.footer];
  return {
    subject,
    text: `${lines.join('\n\n')}\n`,
    html: htmlOf({ ...letter, link, language, greeting, phrase, footer: common.footer }),
  };
}

type Parts = Letter & { link: string; language: string; greeting: string; phrase: string; footer: string };

/** Styles are inline and the layout is one column, because mail programs drop style sheets. It loads no picture. */
function htmlOf({ paragraphs, ...texts }: Parts): string {
  const { language, subject, greeting, action, link, phrase, footer } = Object.fromEntries(
    Object.entries(texts).map(([name, text]) => [name, escapedHtml(text)]),
  );
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${subject}</title>
</head>
<body style="margin:0;padding:24px 16px;background:#f6f3ee;color:#241c14;font:16px/1.5 system-ui,sans-serif">
<div style="max-width:32rem;margin:0 auto;padding:24px;background:#fff;border:1px solid #e4dcd0;border-radius:12px">
<p style="margin:0 0 16px;font-size:20px;font-weight:700">Pupero</p>
${[greeting, ...paragraphs.map(escapedHtml)].map((text) => `<p style="margin:0 0 12px">${text}</p>`).join('\n')}
<p style="margin:20px 0">
<a href="${link}" style="display:inline-block;padding:10px 18px;border-radius:8px;background:#a83a06;color:#fff;font-weight:600;text-decoration:none">${action}</a>
</p>
<p style="margin:0 0 12px;font-size:13px;color:#6b5f52;word-break:break-all">${link}</p>
<p style="margin:0;padding:10px 14px;border-radius:8px;background:#f6f3ee;font-size:14px">${phrase}</p>
</div>
<p style="max-width:32rem;margin:16px auto 0;font-size:13px;color:#6b5f52">${footer}</p>
</body>
</html>
`;
}
