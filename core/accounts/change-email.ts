import type { Caller } from '../caller.ts';
import { accountEvent, changed } from './accounts.ts';
import { asOwner, type OwnerProof, refusalOfSave } from './as-owner.ts';
import type { SignInCall } from './calls.ts';
import { countingMails, NO_MAIL } from './mail-limits.ts';
import type { AccountPorts } from './ports.ts';

type Input = { email: string | null } & OwnerProof;

/**
 * Mails a link to the new address, which becomes the account's when it is confirmed; the present address gets a notice.
 * `null` removes the present address at once. The answer does not tell whether the address is another account's.
 *
 * If the process dies after the save, no link is mailed, and the person asks again.
 */
export const changeEmail =
  (ports: AccountPorts) =>
  async (
    { email, ...given }: Input,
    caller: Caller,
    { clientAddress }: Pick<SignInCall, 'clientAddress'>,
  ) => {
    const { mailQueue, clock } = ports;
    if (email !== null && !mailQueue.isOn) return NO_MAIL;
    return asOwner(ports, caller, given, 'wrong_password', async (account, proof) => {
      const tooMany = await countingMails(ports, { place: clientAddress, recipient: account.id });
      if (tooMany) return tooMany;
      const next = changed(account, email === null ? { email: undefined } : {});
      const type = email === null ? 'email_removed' : 'email_change_requested';
      const refused = await refusalOfSave(ports, {
        next,
        events: [accountEvent(type, next, clock.now())],
        ...(proof && { factor: { kind: 'spent', proof } }),
        ...(email === null && { emails: { former: account.email } }),
      });
      if (refused) return refused;
      if (email !== null) await mailQueue.send({ kind: 'email_confirmation', accountId: account.id, email });
      return undefined;
    });
  };
