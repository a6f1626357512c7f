import type { RunningServer, SandboxContext } from '../context.ts';
import { SANDBOX_SENDER, smtpUrl, startMailServer } from './mail-server.ts';

const mailFolder = ({ folder }: Pick<SandboxContext, 'folder'>) => folder.file('mails');

/** Sender and server of the functions' mails: the sandbox's own, or in production mode the operator's, if any. */
export function mailSettings({ mailPassword, tcpPorts }: SandboxContext) {
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
