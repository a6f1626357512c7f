import type { SandboxContext } from '../context.ts';
import type { RunningServer } from '../site/site.ts';
import { SANDBOX_SENDER, smtpUrl, startMailServer } from './mail-server.ts';

/** Sender and server of the functions' mails. */
export type MailSettings = { PUPERO_MAIL_FROM: string; PUPERO_SMTP_URL: string };

const mailFolder = ({ folder }: Pick<SandboxContext, 'folder'>) => folder.file('mails');

/** The sandbox's own mail server, or in production mode that of the operator's settings; empty without one. */
export function mailSettings({ mailPassword, tcpPorts }: SandboxContext): MailSettings {
  if (mailPassword === undefined)
    return {
      PUPERO_MAIL_FROM: process.env.PUPERO_MAIL_FROM ?? '',
      PUPERO_SMTP_URL: process.env.PUPERO_SMTP_URL ?? '',
    };
  return {
    PUPERO_MAIL_FROM: SANDBOX_SENDER,
    PUPERO_SMTP_URL: smtpUrl({ tcpPort: tcpPorts.mail, password: mailPassword }),
  };
}

/** The folder of the mailbox; `undefined` in production mode, which has none. */
export const mailboxOf = (context: SandboxContext): string | undefined =>
  context.mailPassword === undefined ? undefined : mailFolder(context);

/** Starts the mail server. Production mode has none. */
export async function startMail(context: SandboxContext): Promise<RunningServer | undefined> {
  const { mailPassword, tcpPorts, say } = context;
  if (mailPassword === undefined) return undefined;
  const folder = mailFolder(context);
  const server = await startMailServer({ tcpPort: tcpPorts.mail, password: mailPassword, folder });
  say(`mail       127.0.0.1:${tcpPorts.mail}`);
  return server;
}
