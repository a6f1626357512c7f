import { randomBytes } from 'node:crypto';
import { mailIds, readMail } from '#sandbox/mail/mailbox.ts';
import { theSandbox } from './sandbox.ts';
import { until } from './until.ts';

export type SentMail = { to: string; subject: string; text: string; html: string };

/** An address that no other test uses. The domain is reserved for tests (RFC 2606). */
export const anAddress = (): string => `${randomBytes(8).toString('hex')}@pupero.test`;

/** Upper bound of the mails of a test run. */
const ALL = 10_000;

/** The mails that were sent to an address, newest first. */
async function mailsTo(address: string): Promise<SentMail[]> {
  const { mailbox } = theSandbox();
  const all = mailbox.startsWith('http') ? await emulatorMails(mailbox) : await keptMails(mailbox);
  return all.filter(({ to }) => to === address);
}

/** Waits for a mail to an address. */
export async function mailTo(address: string, subject: string): Promise<SentMail> {
  const sent = await until(
    () => mailsTo(address),
    (mails) => mails.some((mail) => mail.subject === subject),
  );
  return sent.find((mail) => mail.subject === subject)!;
}

/** The token in the link of a mail. */
export const tokenIn = ({ text }: SentMail): string => /#(\S+)/.exec(text)?.[1] ?? '';

async function keptMails(folder: string): Promise<SentMail[]> {
  const mails = await Promise.all(mailIds(folder, ALL).map((id) => readMail(folder, id)));
  return mails.filter((mail) => mail !== undefined);
}

type Listed = { To: string[]; Subject: string; BodyText: string; BodyHtml: string };

/** The emulator lists the mails of each AWS account, oldest first. */
async function emulatorMails(url: string): Promise<SentMail[]> {
  const { messages } = (await (await fetch(url)).json()) as { messages: Record<string, Listed[]> };
  return Object.values(messages)
    .flat()
    .map(({ To, Subject, BodyText, BodyHtml }) => ({
      to: To.join(', '),
      subject: Subject,
      text: BodyText,
      html: BodyHtml,
    }))
    .reverse();
}
