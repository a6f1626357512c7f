import type { NoticeKind } from '../../notices/kinds.ts';
import type { CommonTexts, Letter } from '../render.ts';

/** The facts that a notice names. `device` is empty if it is unknown. */
type Facts = { time: string; device: string };

export type MailTexts = {
  common: CommonTexts;
  passwordReset: (username: string) => Letter;
  emailConfirmation: (username: string) => Letter;
  emailInUse: Letter;
  accountDeleted: Letter;
  notices: Record<NoticeKind, (facts: Facts) => Letter>;
};

const NOT_YOU =
  'If this was not you, change your password now and end the sessions that you do not recognise.';
/** A changed password does not remove a passkey. */
const NOT_YOUR_PASSKEY =
  'If this was not you, remove that passkey now, change your password, and end the sessions that you do not recognise.';
const NOT_YOUR_PAYMENT_ACCOUNT =
  'If this was not you, pause your offers now, put the payment account right, change your password, and end the sessions that you do not recognise.';
const CHECK = 'Check your account';
const SEE_TRADE = 'See the trade';
const SEE_WALLET = 'See the wallet';
const SEE_WITHDRAWAL = 'See the withdrawal';

export const en: MailTexts = {
  common: {
    greeting: (username) => `Hello ${username},`,
    phrase: (phrase) => `Your anti-phishing phrase: ${phrase}`,
    noPhrase: 'You have no anti-phishing phrase yet. With one, you can tell our mails from forged ones.',
    footer: 'Pupero never asks for your password, a code or a recovery code by mail.',
  },
  passwordReset: (username) => ({
    subject: 'Reset your password',
    paragraphs: [
      `Somebody, probably you, asked for a new password for the account ${username}.`,
      'The link is valid for one hour and works once. A new password ends all sessions. Two-factor authentication, if you use it, stays on.',
      'If this was not you, do nothing: your password stays as it is.',
    ],
    action: 'Set a new password',
  }),
  emailConfirmation: (username) => ({
    subject: 'Confirm your e-mail address',
    paragraphs: [
      `The account ${username} wants to use this address for password resets and notices.`,
      'The link is valid for 24 hours and works once. Open it in a browser in which you are signed in.',
      'If this was not you, do nothing: the address is not used.',
    ],
    action: 'Confirm this address',
  }),
  emailInUse: {
    subject: 'Your address is in use already',
    paragraphs: [
      'Somebody, perhaps you, tried to use this address for another account.',
      'An address belongs to one account only, so nothing was changed.',
    ],
    action: CHECK,
  },
  accountDeleted: {
    subject: 'Your account is deleted',
    paragraphs: [
      'Your account was deleted, with everything about you that need not be kept. This is the last mail to this address.',
      'The movements of XMR stay, without your name. Nobody can register your username.',
      'If this was not you, somebody knows your password. Change it wherever else you use it.',
    ],
    action: 'Open Pupero',
  },
  notices: {
    signed_in_elsewhere: ({ time, device }) => ({
      subject: 'New sign-in to your account',
      paragraphs: [
        `Your account was signed in to on a new device${device && ` (${device})`} on ${time}.`,
        NOT_YOU,
      ],
      action: CHECK,
    }),
    password_changed: ({ time }) => ({
      subject: 'Your password was changed',
      paragraphs: [`Your password was changed on ${time}, and all other sessions were ended.`, NOT_YOU],
      action: CHECK,
    }),
    totp_turned_on: ({ time }) => ({
      subject: 'Two-factor authentication is on',
      paragraphs: [
        `Two-factor authentication was activated on ${time}. Keep your recovery codes in a safe place.`,
        NOT_YOU,
      ],
      action: CHECK,
    }),
    totp_turned_off: ({ time }) => ({
      subject: 'Two-factor authentication is off',
      paragraphs: [`Two-factor authentication was turned off on ${time}.`, NOT_YOU],
      action: CHECK,
    }),
    recovery_codes_renewed: ({ time }) => ({
      subject: 'New recovery codes',
      paragraphs: [`New recovery codes were made on ${time}. The old ones are no longer valid.`, NOT_YOU],
      action: CHECK,
    }),
    passkey_added: ({ time }) => ({
      subject: 'A passkey was added',
      paragraphs: [
        `A passkey was added to your account on ${time}. It can sign in without a password.`,
        NOT_YOUR_PASSKEY,
      ],
      action: CHECK,
    }),
    passkey_removed: ({ time }) => ({
      subject: 'A passkey was removed',
      paragraphs: [`A passkey was removed from your account on ${time}.`, NOT_YOU],
      action: CHECK,
    }),
    payment_account_added: ({ time }) => ({
      subject: 'A payment account was added',
      paragraphs: [
        `A payment account was added on ${time}. Your offers and trades can name it as where buyers pay.`,
        NOT_YOUR_PAYMENT_ACCOUNT,
      ],
      action: CHECK,
    }),
    payment_account_changed: ({ time }) => ({
      subject: 'A payment account was changed',
      paragraphs: [
        `One of your payment accounts was changed on ${time}. Trades that began before keep the details that they had.`,
        NOT_YOUR_PAYMENT_ACCOUNT,
      ],
      action: CHECK,
    }),
    payment_account_removed: ({ time }) => ({
      subject: 'A payment account was removed',
      paragraphs: [
        `One of your payment accounts was removed on ${time}. Trades that began before keep the details that they had.`,
        NOT_YOUR_PAYMENT_ACCOUNT,
      ],
      action: CHECK,
    }),
    trade_reviewed: ({ time }) => ({
      subject: 'You were reviewed',
      paragraphs: [
        `The other party of a trade wrote a review about you on ${time}.`,
        'You see it once you have written yours, or after 7 days. From then on you can no longer write one about this trade.',
      ],
      action: SEE_TRADE,
    }),
    email_change_requested: ({ time }) => ({
      subject: 'A new e-mail address was entered',
      paragraphs: [
        `A new e-mail address was entered for your account on ${time}. It replaces this one once it is confirmed.`,
        NOT_YOU,
      ],
      action: CHECK,
    }),
    email_changed: ({ time }) => ({
      subject: 'Your e-mail address is confirmed',
      paragraphs: [`This address was confirmed for your account on ${time}.`, NOT_YOU],
      action: CHECK,
    }),
    account_suspended: ({ time }) => ({
      subject: 'Your account is suspended',
      paragraphs: [
        `Your account was suspended on ${time}. You keep your XMR and can finish your open trades, but you can neither start a trade nor withdraw.`,
        'Sign in to see the reason and how long it lasts. You can appeal there once.',
      ],
      action: 'See the reason',
    }),
    account_restored: ({ time }) => ({
      subject: 'Your suspension is lifted',
      paragraphs: [
        `The suspension of your account was lifted on ${time}. Your offers are still paused, and you can resume them.`,
      ],
      action: CHECK,
    }),
    account_warned: ({ time }) => ({
      subject: 'A moderator warned you',
      paragraphs: [`A moderator gave you a warning on ${time}. Sign in to read it.`],
      action: 'Read the warning',
    }),
    report_closed: ({ time }) => ({
      subject: 'Your report was decided',
      paragraphs: [`A moderator decided on your report on ${time}. Thank you for telling us.`],
      action: 'See the decision',
    }),
    trade_cancellation_requested: ({ time }) => ({
      subject: 'The other party wants to end your trade',
      paragraphs: [
        `The other party asked on ${time} to cancel your trade. If you agree, the XMR goes back to the seller. If you do not, the trade continues.`,
      ],
      action: SEE_TRADE,
    }),
    trade_disputed: ({ time }) => ({
      subject: 'A dispute was opened',
      paragraphs: [
        `A dispute was opened about a trade of yours on ${time}. The XMR stays locked until an arbitrator decides.`,
        'You can still settle it with the other party on the page of the trade.',
      ],
      action: 'See the trade',
    }),
    trade_resolved: ({ time }) => ({
      subject: 'Your dispute was decided',
      paragraphs: [
        `An arbitrator decided on the dispute about a trade of yours on ${time}. The page of the trade shows who gets how much, and why.`,
      ],
      action: 'See the decision',
    }),
    trade_window_moved: ({ time }) => ({
      subject: 'There is more time to pay',
      paragraphs: [
        `Pupero was down until ${time}. This time does not count: the time to pay for a trade of yours is longer by it.`,
      ],
      action: 'See the trade',
    }),
    withdrawal_requested: ({ time }) => ({
      subject: 'A withdrawal was requested',
      paragraphs: [`A withdrawal from your account was requested on ${time}.`, NOT_YOU],
      action: SEE_WITHDRAWAL,
    }),
    trade_started: ({ time }) => ({
      subject: 'Somebody took your offer',
      paragraphs: [`Somebody took your offer on ${time}. The buyer now has a limited time to pay.`],
      action: SEE_TRADE,
    }),
    trade_payment_sent: ({ time }) => ({
      subject: 'The buyer says that the payment was sent',
      paragraphs: [
        `The buyer of your trade confirmed on ${time} that the payment was sent. Check that the money has arrived before you confirm it.`,
      ],
      action: SEE_TRADE,
    }),
    trade_completed: ({ time }) => ({
      subject: 'Your trade is complete',
      paragraphs: [`The seller confirmed on ${time} that the payment arrived. The XMR is in your wallet.`],
      action: SEE_TRADE,
    }),
    trade_cancelled: ({ time }) => ({
      subject: 'Your trade was cancelled',
      paragraphs: [`The other party cancelled the trade on ${time}.`],
      action: SEE_TRADE,
    }),
    trade_expired: ({ time }) => ({
      subject: 'Your trade has expired',
      paragraphs: [`The payment was not confirmed in time, and the trade ended on ${time}.`],
      action: SEE_TRADE,
    }),
    deposit_seen: ({ time }) => ({
      subject: 'A deposit is on its way',
      paragraphs: [`A deposit to your wallet was seen on ${time}. It is credited after its confirmations.`],
      action: SEE_WALLET,
    }),
    deposit_credited: ({ time }) => ({
      subject: 'Your deposit is credited',
      paragraphs: [`A deposit was credited to your wallet on ${time}.`],
      action: SEE_WALLET,
    }),
    deposit_dropped: ({ time }) => ({
      subject: 'A deposit has disappeared',
      paragraphs: [
        `A deposit that was on its way left the chain on ${time}. It is credited if it is mined again.`,
      ],
      action: SEE_WALLET,
    }),
    deposit_reversed: ({ time }) => ({
      subject: 'A deposit was taken back',
      paragraphs: [
        `The chain took a credited deposit back on ${time}, and so did the ledger. It is credited again if it is mined again.`,
      ],
      action: SEE_WALLET,
    }),
    withdrawal_confirmed: ({ time }) => ({
      subject: 'Your withdrawal has arrived',
      paragraphs: [`A withdrawal from your account was confirmed on ${time}.`],
      action: SEE_WITHDRAWAL,
    }),
    withdrawal_failed: ({ time }) => ({
      subject: 'Your withdrawal has failed',
      paragraphs: [`A withdrawal from your account failed on ${time}. Its XMR is available again.`],
      action: SEE_WITHDRAWAL,
    }),
  },
};
