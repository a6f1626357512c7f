import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { smtpMailer } from '#adapters/mail/mailer.ts';
import { Unavailable } from '#core/unavailable.ts';
import { freeTcpPort } from '../settings/tcp-ports.ts';
import { SANDBOX_SENDER, smtpUrl, startMailServer } from './mail-server.ts';
import { mailIds, readMail } from './mailbox.ts';

const folder = mkdtempSync(join(tmpdir(), 'pupero-mail-'));
const password = 'a-random-password';
let tcpPort: number;
let server: { close: () => Promise<void> };

beforeAll(async () => {
  tcpPort = await freeTcpPort();
  server = await startMailServer({ tcpPort, password, folder });
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

const mail = { to: 'ann@pupero.test', subject: 'Réponse', text: 'Bonjour é\n', html: '<p>Bonjour é</p>' };
const mailer = (given = password) => smtpMailer(smtpUrl({ tcpPort, password: given }), SANDBOX_SENDER);

test('keeps a mail with its text and HTML', async () => {
  await mailer().send(mail);
  const [id = ''] = mailIds(folder, 10);
  expect(await readMail(folder, id)).toMatchObject({
    ...mail,
    from: 'no-reply@pupero.test',
    text: expect.stringContaining('Bonjour é'),
    html: expect.stringContaining('<p>Bonjour é</p>'),
  });
});

test('a subject or an address with line breaks adds no header and no recipient', async () => {
  await mailer().send({ ...mail, subject: 'One\r\nBcc: eve@pupero.test' });
  const [id = ''] = mailIds(folder, 10);
  expect(await readMail(folder, id)).toMatchObject({
    to: 'ann@pupero.test',
    subject: expect.stringContaining('One'),
  });
  const before = mailIds(folder, 100).length;
  await mailer()
    .send({ ...mail, to: 'ann@pupero.test\r\nRCPT TO:<eve@pupero.test>' })
    .catch(() => {});
  for (const kept of mailIds(folder, 100).slice(0, mailIds(folder, 100).length - before))
    expect((await readMail(folder, kept))?.to).not.toContain('eve');
});

test('refuses a wrong login, and keeps nothing', async () => {
  const before = mailIds(folder, 100);
  await expect(mailer('wrong').send(mail)).rejects.toThrow(Unavailable);
  expect(mailIds(folder, 100)).toEqual(before);
});

test('answers a page that speaks HTTP to it with nothing', async () => {
  const asked = fetch(`http://127.0.0.1:${tcpPort}/`, { method: 'POST', body: 'MAIL FROM:<a@b.test>\r\n' });
  await expect(asked).rejects.toThrow();
});

test.each(['../secrets', '1-1', '', '9999999999999-ffffffffffff'])('the mailbox has no mail %j', async (id) =>
  expect(await readMail(folder, id)).toBeUndefined(),
);
