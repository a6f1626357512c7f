/** The maximal cost of a withdrawal, and its address. */
export type Quote = {
  address: string;
  amountXmr: string;
  feeXmr: string;
  totalXmr: string;
  internal: boolean;
  /** The whole balance leaves. The unused part of the fee arrives as well. */
  max?: true | undefined;
};
