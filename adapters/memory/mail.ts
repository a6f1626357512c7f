import type { MailJob, MailQueue } from '#core/accounts/mail-jobs.ts';
import type { MailToken } from '#core/accounts/mail-tokens.ts';
import type { MailTokens } from '#core/accounts/ports.ts';
import type { MailTokenId } from '#core/ids.ts';
import type { Mail, Mailer } from '#core/mail/ports.ts';

/** `jobs` are the mails to send. */
export function memoryMailQueue(): MailQueue & { readonly jobs: MailJob[] } {
  const jobs: MailJob[] = [];
  return {
    jobs,
    isOn: true,
    async send(job) {
      jobs.push(job);
    },
  };
}

/** `has` and `useUp` are for the fake that uses a token up in its own transaction. */
export type MemoryMailTokens = MailTokens & { has(id: MailTokenId): boolean; useUp(id: MailTokenId): void };

export function memoryMailTokens(): MemoryMailTokens {
  const rows = new Map<MailTokenId, MailToken>();
  return {
    get: async (id) => rows.get(id),
    async add(token) {
      rows.set(token.id, token);
    },
    has: (id) => rows.has(id),
    useUp(id) {
      rows.delete(id);
    },
  };
}

/** `sent` are the mails. */
export function memoryMailer(): Mailer & { readonly sent: Mail[] } {
  const sent: Mail[] = [];
  return {
    sent,
    async send(mail) {
      sent.push(mail);
    },
  };
}
