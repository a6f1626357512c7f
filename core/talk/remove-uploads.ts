import { failuresOf, throwFailures } from '../for-each-isolated.ts';
import type { TalkPorts } from './ports.ts';

/** Upper bound of uploads that one run removes. The next run continues. */
const UPLOADS_A_RUN = 100;

/**
 * Runs on a schedule, and removes the originals of expired uploads, and the pictures that no message has.
 *
 * @returns the number of removed uploads
 * @throws the errors of single uploads, after all others were tried
 */
export const removeUploads =
  ({ talks, pictures, clock }: Pick<TalkPorts, 'talks' | 'pictures' | 'clock'>) =>
  async (): Promise<number> => {
    const expired = await talks.expiredAttachments(clock.now(), UPLOADS_A_RUN);
    const failures = await failuresOf(expired, async ({ id, isSent }) => {
      await pictures.removeOriginal(id);
      if (!isSent) await pictures.remove(id);
      await talks.removeAttachment(id);
    });
    throwFailures(failures);
    return expired.length;
  };
