/** Payload of a QR code of version 13 with error correction M, the largest that EPC069-12 allows. */
const MAX_BYTES = 331;

export type Transfer = {
  name: string;
  iban: string;
  bic?: string;
  /** In euros, with two decimals. */
  amount: string;
  /** The text that the payee sees with the payment. */
  remittance: string;
};

/**
 * The text in the QR code of a SEPA transfer (EPC069-12, version 002, in UTF-8), with which a banking app fills in its
 * form. Each line is one element: service tag, version, character set, identification, BIC, name, IBAN, amount, purpose,
 * structured remittance, and text. The last line, for the payer, is left out.
 *
 * @returns undefined if the code would be larger than banking apps accept
 */
export function transferText({ name, iban, bic = '', amount, remittance }: Transfer): string | undefined {
  const text = ['BCD', '002', '1', 'SCT', bic, name, iban, `EUR${amount}`, '', '', remittance].join('\n');
  return new TextEncoder().encode(text).length <= MAX_BYTES ? text : undefined;
}

type Payable = {
  method: string;
  currency: string;
  amountFiat: string;
  reference: string;
  paymentDetails?: { name: string; value: string }[] | undefined;
};

const SEPA_METHODS = ['sepa', 'sepa_instant'];

/** The transfer that pays a trade; undefined if it is not paid by a SEPA transfer, or its details are unknown. */
export function transferFor(trade: Payable): Transfer | undefined {
  if (!SEPA_METHODS.includes(trade.method) || trade.currency !== 'EUR') return undefined;
  const detail = (name: string) => trade.paymentDetails?.find((one) => one.name === name)?.value;
  const [name, iban, bic] = [detail('name'), detail('iban'), detail('bic')];
  if (name === undefined || iban === undefined) return undefined;
  return {
    name,
    iban,
    ...(bic !== undefined && { bic }),
    amount: trade.amountFiat,
    remittance: trade.reference,
  };
}
