import type { Usage } from '../meter/usage.ts';
import type { Written } from '../meter/written.ts';

/** Item kinds that must change: `together` in one transaction, at two units each, or each `alone`, at one unit. */
type Must = { together?: string[]; alone?: string[] };

/**
 * The items that each piece of work must change in any data model: no index, check, throttle or stored idempotent
 * answer. All operations other than GETs are here, because GETs change nothing.
 */
export const MUST: Record<string, Must> = {
  registerAccount: { together: ['USERNAME', 'ACCOUNT', 'PERSON'], alone: ['SESSIONS'] },
  logIn: { alone: ['SESSIONS'] },
  'logIn, second factor asked': { alone: ['CHALLENGE'] },
  logInSecondFactor: { alone: ['ACCOUNT', 'CHALLENGE', 'SESSIONS'] },
  refreshSession: { alone: ['SESSIONS'] },
  logOut: { alone: ['SESSIONS'] },
  updateMe: { together: ['ACCOUNT', 'PERSON'] },
  endSession: { alone: ['SESSIONS'] },
  endOtherSessions: { alone: ['SESSIONS'] },
  changePassword: { together: ['ACCOUNT', 'ACCOUNT'], alone: ['SESSIONS'] },
  changeEmail: { alone: ['ACCOUNT'] },
  confirmEmail: { together: ['ACCOUNT', 'EMAIL', 'TOKEN'] },
  requestPasswordReset: {},
  confirmPasswordReset: { together: ['ACCOUNT', 'TOKEN'], alone: ['SESSIONS'] },
  'sendMails, a confirmation': { alone: ['TOKEN'] },
  'sendMails, a reset': { alone: ['TOKEN'] },
  'sendMails, a notice': {},
  readNotices: { alone: ['NOTICE_SETTINGS'] },
  updateNoticeSettings: { alone: ['NOTICE_SETTINGS'] },
  openLive: { alone: ['LIVE'] },
  'connectLive, opens': { alone: ['LIVE'] },
  'connectLive, closes': { alone: ['LIVE'] },
  'sendHints, to one account': {},
  'sendHints, to all': { alone: ['MARKET_HINT'] },
  renewRecoveryCodes: { together: ['ACCOUNT', 'ACCOUNT'] },
  startTotp: { alone: ['ACCOUNT'] },
  confirmTotp: { together: ['ACCOUNT', 'ACCOUNT'] },
  disableTotp: { together: ['ACCOUNT', 'ACCOUNT'] },
  startPasskey: { alone: ['CHALLENGE'] },
  addPasskey: { together: ['PASSKEY', 'ACCOUNT', 'CHALLENGE'] },
  renamePasskey: { alone: ['PASSKEY'] },
  removePasskey: { together: ['PASSKEY', 'ACCOUNT', 'CHALLENGE'] },
  startStepUp: { alone: ['CHALLENGE'] },
  startPasskeyLogIn: { alone: ['CHALLENGE'] },
  logInWithPasskey: { together: ['PASSKEY', 'CHALLENGE'], alone: ['SESSIONS'] },
  'logIn, passkey asked': { alone: ['CHALLENGE'] },
  'logInSecondFactor, passkey': { together: ['PASSKEY', 'CHALLENGE'], alone: ['SESSIONS'] },
  createReport: { alone: ['REPORT'] },
  claimReport: { together: ['REPORT', 'AUDIT'] },
  closeReport: { together: ['REPORT', 'AUDIT'] },
  updateHalts: { together: ['HALTS', 'AUDIT'] },
  suspendAccount: { together: ['ACCOUNT', 'AUDIT'], alone: ['SESSIONS'] },
  restoreAccount: { together: ['ACCOUNT', 'AUDIT'], alone: ['SESSIONS'] },
  signOutAccount: { together: ['ACCOUNT', 'AUDIT'] },
  appealSuspension: { together: ['ACCOUNT', 'REPORT'] },
  deleteMe: { together: ['ACCOUNT', 'USERNAME', 'PERSON'], alone: ['SESSIONS', 'OFFER'] },
  createOffer: { alone: ['OFFER'] },
  'updateOffer, its limits': { alone: ['OFFER'] },
  'updateOffer, its price': { alone: ['OFFER'] },
  closeOffer: { alone: ['OFFER'] },
  'coverOffers, one is hidden': { alone: ['OFFER'] },
  pauseMyOffers: { alone: ['OFFER'] },
  resumeMyOffers: { alone: ['OFFER'] },
  addPaymentAccount: { alone: ['PAYMENT_ACCOUNTS'] },
  updatePaymentAccount: { alone: ['PAYMENT_ACCOUNTS'] },
  removePaymentAccount: { alone: ['PAYMENT_ACCOUNTS'] },
  mineBlocks: {},
  drawFaucet: { together: ['TRANSFER', 'BALANCE', 'BALANCE', 'FAUCET'] },
  startTrade: { together: ['TRADE', 'TRANSFER', 'BALANCE'] },
  'startTrade, with payment details': { together: ['TRADE', 'TRANSFER', 'BALANCE'] },
  confirmPaymentSent: { alone: ['TRADE'] },
  confirmPaymentReceived: { together: ['TRADE', 'TRANSFER', 'BALANCE', 'BALANCE', 'PERSON', 'PERSON'] },
  cancelTrade: { together: ['TRADE', 'TRANSFER', 'BALANCE'] },
  'expireTrades, on its schedule': { alone: ['TIMER'] },
  'expireTrades, which ends its watch': { alone: ['TIMER'] },
  requestCancellation: { alone: ['TRADE'] },
  retractCancellation: { alone: ['TRADE'] },
  acceptCancellation: { together: ['TRADE', 'TRANSFER', 'BALANCE'] },
  openDispute: { alone: ['TRADE'] },
  resolveDispute: { together: ['TRADE', 'AUDIT', 'TRANSFER', 'BALANCE', 'BALANCE'] },
  'sendMessage, the first one': { alone: ['MESSAGES'] },
  sendMessage: { alone: ['MESSAGES'] },
  'sendMessage, a picture': { alone: ['MESSAGES'] },
  startAttachment: { alone: ['ATTACHMENT'] },
  markMessagesRead: { alone: ['READ'] },
  reviewTrade: { alone: ['REVIEW'] },
  'reviewTrade, the second one': { together: ['REVIEW', 'REVIEW'] },
  newDepositAddress: { together: ['ADDRESS', 'RECEIVING'] },
  quoteWithdrawal: {},
  requestWithdrawal: { together: ['WITHDRAWAL', 'TRANSFER', 'TRANSFER', 'BALANCE'] },
  'requestWithdrawal, to a member': { together: ['WITHDRAWAL', 'TRANSFER', 'BALANCE', 'BALANCE'] },
  payWithdrawals: { together: ['WITHDRAWAL', 'PAYER', 'WITHDRAWAL', 'PAYER'] },
  'followWithdrawals, one is mined': { alone: ['WITHDRAWAL'] },
  'followWithdrawals, one is confirmed': {
    together: ['WITHDRAWAL', 'TRANSFER', 'TRANSFER', 'BALANCE', 'BALANCE', 'BALANCE'],
  },
  'watchDeposits, which fills the pool': {
    alone: [...Array(120).fill('ADDRESS'), 'SUBADDRESSES', 'HEARTBEAT', 'WATCHED'],
  },
  'watchDeposits, nothing to do': { alone: ['HEARTBEAT', 'WATCHED'] },
  'watchDeposits, one is seen': { together: ['DEPOSIT', 'RECEIVING'], alone: ['HEARTBEAT', 'WATCHED'] },
  'watchDeposits, one is credited': {
    together: ['DEPOSIT', 'RECEIVING', 'TRANSFER', 'BALANCE', 'BALANCE'],
    alone: ['HEARTBEAT', 'WATCHED'],
  },
};

export type Compared = { leastUnits: number; difference: string };

/** The least possible write units of some work, and the rows that cause the difference. */
export function comparedWithLeast(label: string, { writes }: Usage): Compared {
  const { together = [], alone = [] } = MUST[label] ?? {};
  const leastUnits = together.length * 2 + alone.length;
  const wanted = [
    ...together.map((kind) => ({ kind, units: 2 })),
    ...alone.map((kind) => ({ kind, units: 1 })),
  ];
  const beyond = new Map<string, number>();
  const note = (words: string, units: number) => beyond.set(words, (beyond.get(words) ?? 0) + units);
  for (const row of writes) {
    const at =
      row.index || row.how === 'checked'
        ? -1
        : wanted.findIndex(({ kind, units }) => kind === row.kind && units <= row.units);
    const [met] = at < 0 ? [] : wanted.splice(at, 1);
    const more = row.units - (met?.units ?? 0);
    if (more !== 0) note(met ? `${row.kind} of ${kilobytes(row)}` : wordsFor(row), more);
  }
  for (const { kind, units } of wanted) note(`${kind} not written`, -units);
  return { leastUnits, difference: [...beyond].map(([words, units]) => `${units} ${words}`).join(', ') };
}

const kilobytes = ({ bytes, units }: Written) =>
  bytes > 1024 ? `${(bytes / 1024).toFixed(1)} KB` : units > 1 ? 'a transaction' : 'one write';

const wordsFor = ({ kind, index, how }: Written) => {
  if (index) return `index ${index}`;
  if (how === 'checked') return `${kind} checked`;
  return how === 'refused' ? `${kind} refused` : kind;
};
