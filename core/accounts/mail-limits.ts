import { type Refusal, refusal } from '../refusal.ts';
import { MINUTE_MS } from '../time.ts';
import type { AccountPorts, Bucket, Limit } from './ports.ts';
import { addressBucket, takeToken } from './throttle.ts';

/** Mails that requests of one address, or to one recipient, may cause. */
export const MAIL_LIMITS = {
  place: { burst: 20, everyMs: 3 * MINUTE_MS },
  recipient: { burst: 5, everyMs: 10 * MINUTE_MS },
} as const satisfies Record<string, Limit>;

/** The refusal of an installation without a mail server. */
export const NO_MAIL = refusal('dependency_unavailable', { detail: 'This installation sends no mail.' });

/**
 * Counts a request that sends a mail.
 *
 * @param place the client's address
 * @param recipient the digest of an address, or an account's id
 * @returns a refusal if there were too many
 */
export async function countingMails(
  { mailBuckets, clock }: Pick<AccountPorts, 'mailBuckets' | 'clock'>,
  { place, recipient }: { place: string; recipient: string },
): Promise<Refusal | undefined> {
  const buckets: Bucket[] = [
    [addressBucket('mail', place), MAIL_LIMITS.place],
    [`mail#${recipient}`, MAIL_LIMITS.recipient],
  ];
  for (const bucket of buckets) {
    const tooMany = await takeToken(mailBuckets, clock, bucket);
    if (tooMany) return tooMany;
  }
  return undefined;
}
