import { randomBytes } from 'node:crypto';
import { createWriteStream, mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { SMTPServer } from 'smtp-server';
import { isSameKey } from '../guard/keys.ts';

/** The sender of the sandbox's mails. The domain is reserved for tests (RFC 2606), so that no mail reaches anybody. */
export const SANDBOX_SENDER = 'Pupero <no-reply@pupero.test>';

const USER = 'pupero';
const MAIL_MAX_BYTES = 1024 * 1024;

type MailServer = { tcpPort: number; password: string; folder: string };

/** The address of the sandbox's mail server for the functions. */
export const smtpUrl = ({ tcpPort, password }: Pick<MailServer, 'tcpPort' | 'password'>): string =>
  `smtp://${USER}:${password}@127.0.0.1:${tcpPort}`;

/**
 * Starts an SMTP server on loopback that keeps each mail as a file in `folder`. It asks for a login, because a page in
 * a browser could otherwise put forged mails into the mailbox.
 */
export function startMailServer({
  tcpPort,
  password,
  folder,
}: MailServer): Promise<{ close: () => Promise<void> }> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const server = new SMTPServer({
    size: MAIL_MAX_BYTES,
    // No certificate, because nothing leaves the machine.
    disabledCommands: ['STARTTLS'],
    authMethods: ['PLAIN', 'LOGIN'],
    allowInsecureAuth: true,
    logger: false,
    onAuth(login, _session, done) {
      const isRight = login.username === USER && isSameKey(login.password ?? '', password);
      if (isRight) done(null, { user: USER });
      else done(new Error('The login is wrong.'));
    },
    onData(stream, _session, done) {
      keep(stream, folder).then(
        () => done(),
        (error: Error) => done(error),
      );
    },
  });
  const close = () => new Promise<void>((closed) => server.close(() => closed()));
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(tcpPort, '127.0.0.1', () => resolve({ close }));
  });
}

/** Writes a mail under a name that sorts by time. It gets this name once it is complete. */
async function keep(stream: NodeJS.ReadableStream, folder: string): Promise<void> {
  const name = `${Date.now()}-${randomBytes(6).toString('hex')}`;
  const part = join(folder, `${name}.part`);
  await finished(stream.pipe(createWriteStream(part, { mode: 0o600 })));
  renameSync(part, join(folder, `${name}.eml`));
}
