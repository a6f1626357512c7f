/** What a withdrawal will cost at most, and where it goes. */
export type Quote = {
  address: string;
  amountXmr: string;
  feeXmr: string;
  totalXmr: string;
  internal: boolean;
  /** Everything leaves: what the fee does not use arrives as well. */
  max?: true | undefined;
};
