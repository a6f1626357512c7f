/** The things that people report. */
export const REPORT_KINDS = ['offer', 'message', 'review', 'person'] as const;
export type ReportKind = (typeof REPORT_KINDS)[number];

/** The entries of the moderators' queue: reports, and the appeals of suspended people. */
export const QUEUE_KINDS = [...REPORT_KINDS, 'appeal'] as const;
export type QueueKind = (typeof QUEUE_KINDS)[number];

export const REPORT_REASONS = ['scam', 'abuse', 'illegal', 'spam', 'other'] as const;
export type ReportReason = (typeof REPORT_REASONS)[number];

/** `claimed`: one moderator works on it. */
export const REPORT_STATES = ['open', 'claimed', 'closed'] as const;
export type ReportState = (typeof REPORT_STATES)[number];

export const DECISIONS = ['dismiss', 'warn', 'hide', 'suspend', 'restore'] as const;
export type Decision = (typeof DECISIONS)[number];

/** The decisions that are possible for each kind. `hide` closes an offer, or removes a review or a display name. */
export const DECISIONS_OF: Record<QueueKind, readonly Decision[]> = {
  offer: ['dismiss', 'warn', 'hide', 'suspend'],
  // Nothing hides a message, because the other party has read it and may need it as a proof.
  message: ['dismiss', 'warn', 'suspend'],
  review: ['dismiss', 'warn', 'hide', 'suspend'],
  person: ['dismiss', 'warn', 'hide', 'suspend'],
  appeal: ['dismiss', 'restore'],
};

/** The acts that the audit log records. */
export const ACTS = [
  'grant',
  'revoke',
  'sign_out',
  'claim',
  'halt',
  'resume',
  ...DECISIONS,
  'resolve',
] as const;
export type ActName = (typeof ACTS)[number];
