import type { Cipher } from '../accounts/ports.ts';
import type { AccountId, Ids, PaymentAccountId } from '../ids.ts';
import type { FieldFormats } from '../payment-methods/ports.ts';
import type { Proof, ProofOutcome, StepUp } from '../step-up.ts';
import type { Clock } from '../time.ts';
import type { PaymentAccount, PaymentAccountChange } from './payment-accounts.ts';

export interface PaymentAccounts {
  get(accountId: AccountId, id: PaymentAccountId): Promise<PaymentAccount | undefined>;
  /** All of an account, oldest first. Strongly consistent. */
  ofAccount(accountId: AccountId): Promise<PaymentAccount[]>;
  /**
   * Writes a new one and its event, and spends the proof, all or nothing. `too_many_open` if the account has
   * `MAX_PAYMENT_ACCOUNTS`. Of parallel calls no more than that succeed.
   */
  add(
    added: PaymentAccountChange,
    proof: Proof | undefined,
  ): Promise<'too_many_open' | ProofOutcome | undefined>;
  /**
   * Writes the next version and its event, and spends the proof, all or nothing. `changed_since` if it changed or was
   * removed.
   */
  save(
    change: PaymentAccountChange,
    proof: Proof | undefined,
  ): Promise<'changed_since' | ProofOutcome | undefined>;
  /**
   * Removes it, writes the event, and spends the proof, all or nothing. `changed_since` if it changed or was removed.
   *
   * @param removal `next` is the version that a removal leaves
   */
  remove(
    removal: PaymentAccountChange,
    proof: Proof | undefined,
  ): Promise<'changed_since' | ProofOutcome | undefined>;
  /** Removes all of an account that is deleted. Does nothing if there are none. */
  removeAll(accountId: AccountId): Promise<void>;
}

/** The ports of the use cases of payment accounts. */
export type PaymentAccountPorts = {
  paymentAccounts: PaymentAccounts;
  fieldFormats: FieldFormats;
  /** Seals the details. Its key is not the one of second factors, because other functions have that. */
  detailsCipher: Cipher;
  stepUp: StepUp;
  clock: Clock;
  ids: Ids;
};
