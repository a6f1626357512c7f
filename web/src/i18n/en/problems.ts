import type { ProblemCode } from '#contract/problems.ts';

/** The text of each problem code. */
export const problems = {
  invalid_json: 'The site sent something the server could not read. Reload the page and try again.',
  invalid_request: 'Something in the form is not right. Check the marked fields.',
  invalid_cursor: 'The list has changed. Load it again from the beginning.',
  idempotency_key_missing: 'The site sent an incomplete request. Reload the page and try again.',
  not_signed_in: 'You are no longer signed in. Sign in to continue.',
  wrong_credentials: 'Username or password is wrong.',
  wrong_code: 'That code or passkey is wrong, already used, or too old.',
  session_ended: 'Your session has ended. Sign in again.',
  second_factor_required: 'Confirm this with your second factor.',
  wrong_second_factor: 'Password, code or passkey is wrong, already used, or too old.',
  not_your_step: 'It is the other person’s turn here.',
  wrong_password: 'The password is wrong.',
  not_allowed: 'Your account may not do this.',
  suspended:
    'Your account is suspended: you can finish your open trades, but neither start anything nor withdraw. Your account page says why.',
  not_found: 'This does not exist, or you may not see it.',
  method_not_allowed: 'The server does not know this request. Reload the page.',
  out_of_order: 'Something has changed in the meantime, so this step is no longer possible.',
  too_many_open:
    'You have reached the limit of one account. First finish or cancel a trade, wait until a queued withdrawal is sent, or use a deposit address you already have.',
  insufficient_funds: 'The balance that pays for this is too small.',
  offer_not_open: 'This offer is paused or closed.',
  account_not_empty: 'Your account has open trades or XMR. End the trades and withdraw everything first.',
  own_offer: 'This is your own offer: you cannot trade with yourself.',
  already_reviewed: 'You have reviewed this trade already.',
  username_taken: 'This username is taken or reserved. Choose another one.',
  changed_since: 'This was changed elsewhere since you opened it.',
  price_changed: 'The price moved while you were deciding. Check the new price and start again if you agree.',
  body_too_large: 'That is too much text.',
  not_json: 'The site sent something the server could not read. Reload the page and try again.',
  amount_out_of_range: 'The amount is outside the limits.',
  invalid_address: 'This is not a Monero address.',
  wrong_network: 'This address belongs to another Monero network.',
  own_address: 'This is your own deposit address here.',
  unsupported_currency: 'This currency is not traded here.',
  method_not_offered: 'The offer does not take this payment method.',
  password_too_common: 'This password is too easy to guess, or contains your username.',
  invalid_token: 'This link is wrong, was used already, or is too old. Ask for a new one.',
  invalid_attachment:
    'That picture cannot be sent. Choose a PNG, JPEG or WebP picture of at most 5 MB that is not animated.',
  idempotency_key_reused:
    'This was already sent with other details. Reload the page and look before you try again.',
  too_many_requests: 'Too many tries. Wait a moment.',
  internal: 'Something went wrong on our side.',
  halted: 'This is halted for now.',
  dependency_unavailable: 'A part of Pupero cannot be reached just now. Try again in a moment.',
  price_unavailable: 'There is no fresh market price just now. Try again in a moment.',
} satisfies Record<ProblemCode, string>;

export const faults = {
  unreachable: 'No answer from the server. Nothing you typed is lost: try again.',
  unknown: 'Something unexpected happened. Try again.',
  passkeys: {
    not_made: 'No passkey was made: it was cancelled, or the time ran out. Try again.',
    not_used: 'No passkey was used, and nothing was sent: it was cancelled, or the time ran out. Try again.',
    exists: 'This account already has a passkey on this device.',
    other_site: 'Passkeys of this site do not work at this address.',
    failed: 'Your browser or device could not do this with a passkey. Try again, or use another device.',
    none: 'Your account has no passkey any more. Use a code.',
  },
  amount: (decimals: number) =>
    decimals === 0
      ? 'Enter a whole amount above 0.'
      : `Enter an amount above 0, with at most ${decimals} decimals.`,
  unreadableAmount: (example: string) => `This is not an amount. Write it like ${example}.`,
  otherUnit: (unit: string) => `The amount here is in ${unit}.`,
  tooLarge: 'This amount is too large.',
  askAmount: (one: string, other: string) => `Did you mean ${one} or ${other}?`,
  invisibleAfter: (before: string) =>
    `An invisible character stands after “${before}”. Delete it there, or type the text instead of pasting it.`,
  invisibleAtStart:
    'An invisible character stands at the beginning. Delete it there, or type the text instead of pasting it.',
};
