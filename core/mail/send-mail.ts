import type { Account } from '../accounts/accounts.ts';
import type { Language } from '../accounts/limits.ts';
import type { Addressee, MailJob } from '../accounts/mail-jobs.ts';
import type { MailTokenUse } from '../accounts/mail-tokens.ts';
import { newMailToken } from '../accounts/mailed-links.ts';
import type { MailTokenId } from '../ids.ts';
import { isChosen } from '../notices/notices.ts';
import { USUAL_SETTINGS } from '../notices/settings.ts';
import type { Instant } from '../time.ts';
import type { MailPorts } from './ports.ts';
import { type Letter, mailOf } from './render.ts';
import { en } from './texts/en.ts';
import { fr } from './texts/fr.ts';

const TEXTS = { en, fr } as const satisfies Record<Language, typeof en>;

type JobOf<K extends MailJob['kind']> = Extract<MailJob, { kind: K }>;

/**
 * Makes the mail of a job and sends it. A job for an unknown address, or for an account without one, sends nothing.
 *
 * If the process dies after the mail server took the mail, the queue delivers the job again, and the person gets the
 * mail twice.
 */
export const sendMail =
  (ports: MailPorts) =>
  async (job: MailJob): Promise<void> => {
    if (job.kind === 'password_reset') return resetMail(ports, job);
    if (job.kind === 'account_deleted')
      return send(ports, job, job.email, TEXTS[job.language].accountDeleted, `${ports.siteOrigin}/`);
    const account = await ports.accounts.get(job.accountId);
    if (!account) return;
    await (job.kind === 'notice' ? noticeMail(ports, job, account) : confirmationMail(ports, job, account));
  };

async function resetMail(ports: MailPorts, { email }: JobOf<'password_reset'>) {
  const account = await ports.accounts.byEmail(email);
  if (account?.email === undefined) return ports.log.info('no account has the address of a reset', {});
  const link = await tokenLink(ports, '/reset-password', account, { kind: 'password_reset' });
  await send(ports, account, account.email, TEXTS[account.language].passwordReset(account.username), link);
}

async function confirmationMail(
  ports: MailPorts,
  { email }: JobOf<'email_confirmation'>,
  account: Account,
): Promise<void> {
  const owner = await ports.accounts.byEmail(email);
  // The mail goes to the owner of the address, so that neither account learns of the other.
  if (owner && owner.id !== account.id)
    return send(ports, owner, email, TEXTS[owner.language].emailInUse, `${ports.siteOrigin}/account`);
  const link = await tokenLink(ports, '/confirm-email', account, { kind: 'email_confirmation', email });
  await send(ports, account, email, TEXTS[account.language].emailConfirmation(account.username), link);
}

async function noticeMail(ports: MailPorts, job: JobOf<'notice'>, account: Account): Promise<void> {
  if (account.email === undefined) return;
  const { notice, at, accountId, sessionId } = job;
  if (isChosen(notice)) {
    const { email } = (await ports.notices.settings(accountId)) ?? USUAL_SETTINGS;
    if (!email.includes(notice)) return;
  }
  const session = sessionId && (await ports.sessions.get({ accountId, sessionId }));
  const { browser, system } = session ? session.device : {};
  const letter = TEXTS[account.language].notices[notice]({
    time: timeText(at, account.language),
    device: [browser, system].filter((part) => part !== undefined).join(', '),
  });
  await send(ports, account, account.email, letter, `${ports.siteOrigin}${pathOf(job)}`);
}

/** The page of the site that shows the thing of a notice. */
function pathOf({ tradeId, withdrawalId, depositId }: JobOf<'notice'>): string {
  if (tradeId) return `/trades/${tradeId}`;
  if (withdrawalId) return `/wallet/withdrawals/${withdrawalId}`;
  return depositId ? '/wallet' : '/account';
}

/**
 * The link of a new token. The token is in the fragment, because servers do not log it and Referer does not contain it.
 */
async function tokenLink(
  { mailTokens, secrets, ids, clock, siteOrigin }: MailPorts,
  path: string,
  account: Account,
  use: MailTokenUse,
): Promise<string> {
  const { token, text } = newMailToken({
    id: ids.next<MailTokenId>(),
    account,
    use,
    secrets,
    now: clock.now(),
  });
  await mailTokens.add(token);
  return `${siteOrigin}${path}#${text}`;
}

async function send(
  { mailer }: MailPorts,
  addressee: Addressee,
  to: string,
  letter: Letter,
  link: string,
): Promise<void> {
  await mailer.send({ to, ...mailOf(letter, link, addressee, TEXTS[addressee.language].common) });
}

const LOCALES = { en: 'en-GB', fr: 'fr' } as const satisfies Record<Language, string>;

/** In UTC, because the owner's time zone is unknown. */
function timeText(at: Instant, language: Language): string {
  const form = { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' } as const;
  return `${new Intl.DateTimeFormat(LOCALES[language], form).format(at)} UTC`;
}
