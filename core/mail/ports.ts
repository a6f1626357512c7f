import type { Accounts, MailTokens, Secrets, Sessions } from '../accounts/ports.ts';
import type { Ids } from '../ids.ts';
import type { Log } from '../log.ts';
import type { Notices } from '../notices/ports.ts';
import type { Clock } from '../time.ts';

/** A mail to one person. `text` and `html` have the same content. */
export type Mail = { to: string; subject: string; text: string; html: string };

export interface Mailer {
  /** @throws Unavailable if the mail server cannot be reached or does not take the mail */
  send(mail: Mail): Promise<void>;
}

/** The ports of the function that sends mails. */
export type MailPorts = {
  mailer: Mailer;
  accounts: Pick<Accounts, 'get' | 'byEmail'>;
  sessions: Pick<Sessions, 'get'>;
  mailTokens: Pick<MailTokens, 'add'>;
  notices: Pick<Notices, 'settings'>;
  secrets: Secrets;
  /** Origin of the site, for links. It is a setting, because a Host header is the client's choice. */
  siteOrigin: string;
  clock: Clock;
  ids: Ids;
  log: Log;
};
