/** The reason of a refusal, as a problem code of the API. A use case that refuses has changed nothing. */
export type RefusalCode =
  | 'wrong_credentials'
  | 'wrong_code'
  | 'session_ended'
  | 'second_factor_required'
  | 'wrong_second_factor'
  | 'wrong_password'
  | 'not_your_step'
  | 'not_allowed'
  | 'not_found'
  | 'out_of_order'
  | 'too_many_open'
  | 'insufficient_funds'
  | 'offer_not_open'
  | 'own_offer'
  | 'account_not_empty'
  | 'username_taken'
  | 'already_reviewed'
  | 'changed_since'
  | 'price_changed'
  | 'amount_out_of_range'
  | 'invalid_address'
  | 'wrong_network'
  | 'own_address'
  | 'unsupported_currency'
  | 'method_not_offered'
  | 'password_too_common'
  | 'invalid_token'
  | 'invalid_attachment'
  | 'idempotency_key_reused'
  | 'invalid_cursor'
  | 'invalid_request'
  | 'too_many_requests'
  | 'halted'
  | 'dependency_unavailable'
  | 'price_unavailable';

export type Refusal = {
  readonly refused: RefusalCode;
  /** The state that forbids the step, or the part that is halted. */
  readonly state?: string;
  /** One sentence for a developer. The site translates the code instead, but shows the reason of a halt. */
  readonly detail?: string;
  readonly errors?: readonly { path: string; message: string }[];
  /** Whole seconds until another try may succeed. */
  readonly retryAfterSeconds?: number;
};

export const refusal = (refused: RefusalCode, more: Omit<Refusal, 'refused'> = {}): Refusal => ({
  refused,
  ...more,
});

export const isRefusal = (value: unknown): value is Refusal =>
  typeof value === 'object' && value !== null && 'refused' in value;
