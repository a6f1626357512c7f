import type { Account } from '../accounts/accounts.ts';
import type { OwnerPorts } from '../accounts/as-owner.ts';
import type { MailQueue } from '../accounts/mail-jobs.ts';
import type { KnownPlaces, SecondFactors, Sessions } from '../accounts/ports.ts';
import type { Heartbeats } from '../chain/heartbeat.ts';
import type { Addresses, Deposits } from '../deposits/ports.ts';
import type { Ledger } from '../ledger/ports.ts';
import type { Moderation } from '../moderation/ports.ts';
import type { Notices } from '../notices/ports.ts';
import type { Offers } from '../offers/ports.ts';
import type { PaymentAccountPorts, PaymentAccounts } from '../payment-accounts/ports.ts';
import type { People } from '../people.ts';
import type { Reputation } from '../reputation/ports.ts';
import type { Proof, ProofOutcome } from '../step-up.ts';
import type { Pictures, Talks } from '../talk/ports.ts';
import type { Clock, Instant } from '../time.ts';
import type { Trades } from '../trades/ports.ts';
import type { Withdrawals } from '../withdrawals/ports.ts';
import type { ClosingOutcome, Deletion } from './deletions.ts';

export interface Deletions {
  /**
   * Closes the account that was read, all or nothing: account and public row keep no personal data, its address is
   * free, its name stays taken by nobody, the proof is spent, and the deletion is stored. It refuses if the account
   * changed, or has open trades, XMR or arriving deposits.
   */
  begin(
    account: Account,
    deletion: Deletion,
    proof: Proof | undefined,
  ): Promise<ClosingOutcome | ProofOutcome | undefined>;
  /** Deletions that began before `before`, oldest first. Strongly consistent. */
  begunBefore(before: Instant, limit: number): Promise<Deletion[]>;
  /** Forgets the last mail. */
  mailed(deletion: Deletion): Promise<void>;
  /** Removes a deletion that has erased everything. Does nothing if it is gone already. */
  finish(deletion: Deletion): Promise<void>;
}

/** The ports of the steps that erase what a closed account has left. */
export type ErasingPorts = {
  deletions: Pick<Deletions, 'mailed' | 'begunBefore' | 'finish'>;
  sessions: Pick<Sessions, 'ofAccount' | 'end'>;
  knownPlaces: Pick<KnownPlaces, 'ofName' | 'remove'>;
  factors: Pick<SecondFactors, 'remove'>;
  paymentAccounts: Pick<PaymentAccounts, 'removeAll'>;
  offers: Pick<Offers, 'ofOwner' | 'remove'>;
  trades: Pick<Trades, 'ofParty' | 'forgetParty' | 'timer'>;
  notices: Pick<Notices, 'erase'>;
  talks: Pick<Talks, 'ofSender' | 'eraseContent'>;
  reputation: Pick<Reputation, 'ofAuthor' | 'eraseComment' | 'eraseStanding'>;
  pictures: Pick<Pictures, 'remove'>;
  mailQueue: MailQueue;
  clock: Clock;
};

/** The ports of an account's own use cases. */
export type PrivacyPorts = OwnerPorts &
  Omit<ErasingPorts, 'deletions' | 'factors' | 'paymentAccounts' | 'notices' | 'pictures' | 'reputation'> &
  Pick<PaymentAccountPorts, 'detailsCipher'> & {
    notices: Pick<Notices, 'erase' | 'ofAccount' | 'readUpTo' | 'unread' | 'settings'>;
    pictures: Pick<Pictures, 'remove' | 'addresses'>;
    deletions: Deletions;
    paymentAccounts: Pick<PaymentAccounts, 'ofAccount' | 'removeAll'>;
    people: People;
    reputation: Pick<
      Reputation,
      'ofAuthor' | 'eraseComment' | 'eraseStanding' | 'standing' | 'getMany' | 'revealedAbout'
    >;
    ledger: Pick<Ledger, 'balance' | 'statement'>;
    deposits: Pick<Deposits, 'ofAccount' | 'pending'>;
    addresses: Pick<Addresses, 'ofAccount'>;
    withdrawals: Pick<Withdrawals, 'ofAccount'>;
    heartbeats: Pick<Heartbeats, 'read'>;
    moderation: Pick<Moderation, 'reportsOf'>;
  };
