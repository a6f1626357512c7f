import type { Anyone } from '../caller.ts';
import { foldedEmail } from './accounts.ts';
import type { SignInCall } from './calls.ts';
import { countingMails, NO_MAIL } from './mail-limits.ts';
import type { AccountPorts } from './ports.ts';

/** Mails a link to the owner of an address. Unknown addresses are indistinguishable, because the mail is made later. */
export const requestPasswordReset =
  (ports: Pick<AccountPorts, 'mailQueue' | 'mailBuckets' | 'secrets' | 'clock'>) =>
  async (
    { email }: { email: string },
    _caller: Anyone,
    { clientAddress }: Pick<SignInCall, 'clientAddress'>,
  ) => {
    const { mailQueue, secrets } = ports;
    if (!mailQueue.isOn) return NO_MAIL;
    const tooMany = await countingMails(ports, {
      place: clientAddress,
      recipient: secrets.digest(foldedEmail(email)),
    });
    if (tooMany) return tooMany;
    await mailQueue.send({ kind: 'password_reset', email });
    return undefined;
  };
