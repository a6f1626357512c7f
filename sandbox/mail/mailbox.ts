import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import PostalMime from 'postal-mime';

/** A mail as the mailbox shows it. */
export type KeptMail = {
  id: string;
  at: Date;
  to: string;
  from: string;
  subject: string;
  text: string;
  html: string;
};

const ID = /^(\d{13})-[0-9a-f]{12}$/;

/** The ids of the kept mails, newest first, at most `limit`. */
export function mailIds(folder: string, limit: number): string[] {
  const names = existsSync(folder) ? readdirSync(folder) : [];
  const ids = names.filter((name) => name.endsWith('.eml')).map((name) => name.slice(0, -'.eml'.length));
  return ids
    .filter((id) => ID.test(id))
    .sort()
    .reverse()
    .slice(0, limit);
}

/** Reads a kept mail; `undefined` if there is none. */
export async function readMail(folder: string, id: string): Promise<KeptMail | undefined> {
  const [, sentAt] = ID.exec(id) ?? [];
  const file = join(folder, `${id}.eml`);
  if (!sentAt || !existsSync(file)) return undefined;
  const { to = [], from, subject = '', text = '', html = '' } = await PostalMime.parse(readFileSync(file));
  return {
    id,
    at: new Date(Number(sentAt)),
    to: to.map(({ address }) => address ?? '').join(', '),
    from: from?.address ?? '',
    subject,
    text,
    html,
  };
}
