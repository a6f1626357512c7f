import { formatXmr, parseXmr } from '#core/money/xmr.ts';
import { withoutFormats } from '../ui/pasted.ts';

/** The payee of a withdrawal, from a pasted address or a `monero:` link. */
export type PaymentTarget = {
  /** Without spaces and line breaks. The API validates it. */
  address: string;
  /** The other parameters of a link. */
  link?: { amountXmr?: string; recipient?: string; description?: string };
};

/** Why a link is refused. Monero no longer supports payment IDs. */
export type TargetFault = 'several_payees' | 'payment_id';

const SCHEME = /^monero:(?:\/\/)?/i;
const MAX_NOTE_LENGTH = 200;

/**
 * Parses an address, with or without line breaks, or a link `monero:<address>?tx_amount=…&recipient_name=…
 * &tx_description=…` (https://docs.getmonero.org/standards/uri-scheme/). Ignores unknown parameters. Never throws.
 */
export function readTarget(pasted: string): PaymentTarget | TargetFault {
  const text = withoutFormats(pasted).trim();
  if (!SCHEME.test(text)) return { address: tight(text) };
  const [payee = '', ...rest] = text.replace(SCHEME, '').split('?');
  if (payee.includes(';')) return 'several_payees';
  const query = new URLSearchParams(rest.join('?').replace(/[\r\n]/g, ''));
  if (/[1-9a-f]/i.test(query.get('tx_payment_id') ?? '')) return 'payment_id';
  const amount = parseXmr(tight(query.get('tx_amount') ?? ''));
  return {
    address: tight(payee),
    link: {
      amountXmr: typeof amount === 'string' ? undefined : formatXmr(amount),
      recipient: note(query.get('recipient_name')),
      description: note(query.get('tx_description')),
    },
  };
}

const tight = (text: string): string => withoutFormats(text).replace(/\s/g, '');
const note = (text: string | null): string | undefined => text?.trim().slice(0, MAX_NOTE_LENGTH) || undefined;
