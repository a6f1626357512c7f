/**
 * Every problem of the API (RFC 9457), with its HTTP status and a title for developers. The site translates the code,
 * never the title.
 */
export const PROBLEMS = {
  invalid_json: [400, 'The body is not valid JSON'],
  invalid_request: [400, 'The request does not have the form of this operation'],
  invalid_cursor: [400, 'The cursor is not from this list with these filters'],
  idempotency_key_missing: [
    400,
    'This operation needs an Idempotency-Key of 1 to 64 visible ASCII characters',
  ],
  not_signed_in: [401, 'A valid access token is needed'],
  wrong_credentials: [401, 'Username or password is wrong'],
  wrong_code: [401, 'The code is wrong, used up or too old'],
  session_ended: [401, 'The session has ended: sign in again'],
  second_factor_required: [403, 'The second factor must confirm this'],
  wrong_second_factor: [403, 'Password or code of the second factor is wrong'],
  wrong_password: [403, 'The password is wrong'],
  not_your_step: [403, 'Only the other party may take this step'],
  not_allowed: [403, 'This account may not do this'],
  suspended: [403, 'This account is suspended: it starts nothing new and withdraws nothing'],
  not_found: [404, 'Not found, or not visible to this account'],
  method_not_allowed: [405, 'This path has other methods'],
  out_of_order: [409, 'This step cannot be taken in the present state'],
  too_many_open: [409, 'This account has reached its limit of open items'],
  insufficient_funds: [409, 'The balance is too small'],
  offer_not_open: [409, 'The offer is paused or closed'],
  own_offer: [409, 'The offer is your own'],
  account_not_empty: [409, 'The account has open trades or XMR: see errors'],
  username_taken: [409, 'The username is taken or reserved'],
  already_reviewed: [409, 'You have reviewed this trade already'],
  changed_since: [409, 'It has changed since it was read: read it again'],
  price_changed: [409, 'The price is no longer the one you saw'],
  body_too_large: [413, 'The body is larger than 64 KiB'],
  not_json: [415, 'The Content-Type must be application/json in UTF-8'],
  amount_out_of_range: [422, 'The amount is outside the limits'],
  invalid_address: [422, 'This is not a Monero address'],
  wrong_network: [422, 'This address is of another Monero network'],
  own_address: [422, 'This is your own deposit address here'],
  unsupported_currency: [422, 'This currency is not traded here'],
  method_not_offered: [422, 'The offer does not take this payment method'],
  password_too_common: [422, 'This password is too common or contains the username'],
  invalid_token: [422, 'The link is wrong, used or too old'],
  invalid_attachment: [422, 'The picture was not uploaded, or is no such picture'],
  idempotency_key_reused: [422, 'This Idempotency-Key was used with another body'],
  too_many_requests: [429, 'Too many tries: wait'],
  internal: [500, 'Something went wrong on our side'],
  halted: [503, 'This is halted for now: see state and detail'],
  dependency_unavailable: [503, 'A required part cannot be reached now: try again'],
  price_unavailable: [503, 'There is no fresh market price now: try again'],
} as const satisfies Record<string, readonly [status: number, title: string]>;

export type ProblemCode = keyof typeof PROBLEMS;

export type Problem = {
  type: string;
  title: string;
  status: number;
  code: ProblemCode;
  requestId: string;
  detail?: string;
  errors?: { path: string; message: string }[];
  state?: string;
};

/** Set on a `dependency_unavailable` of the site's server, when the API itself did not answer. */
export const API_UNREACHABLE_HEADER = 'x-pupero-api-unreachable';
