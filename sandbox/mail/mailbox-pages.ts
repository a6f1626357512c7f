import type { IncomingMessage, ServerResponse } from 'node:http';
import { escapedHtml } from '#core/escaped-html.ts';
import { type KeptMail, mailIds, readMail } from './mailbox.ts';

export const MAILBOX_PATH = '/mailbox';

const SHOWN = 100;

const TEXTS = {
  en: {
    title: 'Mailbox of the sandbox',
    intro:
      'Every mail that this Pupero sends arrives here, and nowhere else. Under npm run prod and in a deploy there is no such page.',
    empty: 'No mail yet. Reload this page after you have asked for one.',
    back: 'All mails',
    site: 'To the site',
    plain: 'As plain text',
    to: 'To',
  },
  fr: {
    title: 'Boîte aux lettres du bac à sable',
    intro:
      'Tous les e-mails qu’envoie ce Pupero arrivent ici, et nulle part ailleurs. Cette page n’existe ni avec npm run prod, ni dans un déploiement.',
    empty: 'Aucun e-mail pour l’instant. Rechargez cette page après en avoir demandé un.',
    back: 'Tous les e-mails',
    site: 'Retour au site',
    plain: 'En texte brut',
    to: 'À',
  },
};
type Language = keyof typeof TEXTS;

const STYLE = `
:root{color-scheme:light;font:16px/1.5 system-ui,sans-serif;background:#f6f3ee;color:#241c14}
body{max-width:48rem;margin:0 auto;padding:2rem 1rem}
a{color:#a83a06}ul{list-style:none;padding:0;display:grid;gap:.75rem}
li{padding:.75rem 1rem;background:#fff;border:1px solid #e4dcd0;border-radius:12px}
small{color:#6b5f52}iframe{width:100%;height:36rem;border:1px solid #e4dcd0;border-radius:12px;background:#fff}
pre{white-space:pre-wrap;overflow-wrap:anywhere;padding:1rem;background:#fff;border:1px solid #e4dcd0;border-radius:12px}`;

/**
 * The mailbox of `npm start`: a list of mails, and each mail. It is part of the site's server, whose guard refuses
 * pages of other origins, because the mails contain links that reset passwords.
 */
export function mailboxPages(folder: string) {
  return async (request: IncomingMessage, response: ServerResponse, path: string): Promise<void> => {
    const language: Language = /^fr\b/i.test(request.headers['accept-language'] ?? '') ? 'fr' : 'en';
    const id = path.slice(MAILBOX_PATH.length + 1);
    const mail = id ? await readMail(folder, id) : undefined;
    if (id && !mail) return send(response, 404, page(language, `<p>${TEXTS[language].empty}</p>`));
    if (mail) return send(response, 200, page(language, mailHtml(language, mail)));
    const mails = await Promise.all(mailIds(folder, SHOWN).map((one) => readMail(folder, one)));
    send(
      response,
      200,
      page(
        language,
        listHtml(
          language,
          mails.filter((one) => one !== undefined),
        ),
      ),
    );
  };
}

export const isMailbox = (path: string): boolean =>
  path === MAILBOX_PATH || path.startsWith(`${MAILBOX_PATH}/`);

function send(response: ServerResponse, status: number, html: string): void {
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    // Tells the site that there is a mailbox.
    'x-pupero-mailbox': 'true',
    // Styles of the page and of the mail's frame are inline. The frame runs no script and loads nothing.
    'content-security-policy':
      "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  });
  response.end(html);
}

const page = (language: Language, body: string): string => `<!doctype html>
<html lang="${language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${TEXTS[language].title}</title><style>${STYLE}</style></head>
<body><main><h1>${TEXTS[language].title}</h1>${body}</main></body>
</html>
`;

const timeText = (language: Language, at: Date) =>
  new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'medium' }).format(at);

function listHtml(language: Language, mails: KeptMail[]): string {
  const texts = TEXTS[language];
  const rows = mails.map(
    ({ id, at, to, subject }) =>
      `<li><a href="${MAILBOX_PATH}/${id}">${escapedHtml(subject)}</a><br><small>${texts.to} ${escapedHtml(to)} · ${timeText(language, at)}</small></li>`,
  );
  const list = rows.length > 0 ? `<ul>${rows.join('')}</ul>` : `<p>${texts.empty}</p>`;
  return `<p>${texts.intro}</p>${list}<p><a href="/">${texts.site}</a></p>`;
}

/** The mail's HTML is in a frame without scripts, whose links open in a new tab. */
function mailHtml(language: Language, { subject, to, at, text, html }: KeptMail): string {
  const texts = TEXTS[language];
  const framed = escapedHtml(html.replace('<head>', '<head><base target="_blank">'));
  return `<p><a href="${MAILBOX_PATH}">${texts.back}</a></p>
<h2>${escapedHtml(subject)}</h2>
<p><small>${texts.to} ${escapedHtml(to)} · ${timeText(language, at)}</small></p>
<iframe sandbox="allow-popups allow-popups-to-escape-sandbox" srcdoc="${framed}" title="${escapedHtml(subject)}"></iframe>
<h3>${texts.plain}</h3><pre>${linked(text)}</pre>`;
}

/** Text with its addresses as links. */
const linked = (text: string): string =>
  escapedHtml(text).replace(
    /https?:\/\/[^\s<]+/g,
    (address) => `<a href="${address}" target="_blank" rel="noopener">${address}</a>`,
  );
