import { invisibleAt } from '#contract/invisible.ts';
import type { PaymentAccountId } from '#core/ids.ts';
import { type Currency, formatFiat, type MinorUnits } from '#core/money/fiat.ts';
import { MARGIN_BP, MAX_METHODS, PAYMENT_WINDOW_MINUTES } from '#core/offers/limits.ts';
import { asTyped, type DecimalMark, readAmount } from '../amounts/typed-amount.ts';
import type { MyOffer, Offer, Side } from '../api/things.ts';
import { minorUnitsOf } from '../market/minor-units.ts';
import { withoutFormats } from '../ui/pasted.ts';

/** The fields of an offer form, as typed. */
export type Draft = {
  side: Side;
  currency: Currency;
  kind: 'market' | 'fixed';
  margin: string;
  fixed: string;
  min: string;
  max: string;
  methods: string[];
  window: string;
  terms: string;
  unlisted: boolean;
  /** Payment accounts by method, as chosen in the form; empty for none. */
  chosenAccounts: Record<string, string>;
  /** The payment accounts that the offer named before; undefined for a new offer. */
  namedAccounts: string[] | undefined;
};

export type DraftField = 'margin' | 'fixed' | 'min' | 'max' | 'order' | 'methods' | 'window' | 'terms';

export const emptyDraft = (): Draft => ({
  side: 'sell',
  currency: 'EUR',
  kind: 'market',
  margin: '0',
  fixed: '',
  min: '',
  max: '',
  methods: [],
  window: '60',
  terms: '',
  unlisted: false,
  chosenAccounts: {},
  namedAccounts: undefined,
});

/** The form fields of an existing offer. Amounts have the reader's decimal mark. */
export const draftOf = (offer: MyOffer | Offer, mark: DecimalMark): Draft => ({
  side: offer.side,
  currency: offer.currency,
  kind: offer.price.kind,
  margin: offer.price.kind === 'market' ? percentOf(offer.price.marginBp, mark) : '0',
  fixed: asTyped(offer.price.kind === 'fixed' ? offer.price.fiatPerXmr : offer.fiatPerXmr, mark),
  min: asTyped(offer.minFiat, mark),
  max: asTyped(offer.maxFiat, mark),
  methods: offer.methods,
  window: String(offer.paymentWindowMinutes),
  terms: offer.terms ?? '',
  unlisted: offer.unlisted ?? false,
  chosenAccounts: {},
  namedAccounts: ('paymentAccountIds' in offer && offer.paymentAccountIds) || [],
});

const percentOf = (bp: number, mark: DecimalMark): string => {
  const digits = String(Math.abs(bp)).padStart(3, '0');
  const text = `${digits.slice(0, -2)}.${digits.slice(-2)}`.replace(/\.?0+$/, '');
  return `${bp < 0 ? '-' : ''}${text || '0'}`.replace('.', mark);
};

/** `"2.5"` and `"2,5 %"` are 250 basis points. @returns undefined if it is not a margin that offers accept */
export function basisPointsOf(percent: string): number | undefined {
  const plain = withoutFormats(percent)
    .replace(/\s/g, '')
    .replace(/%$/, '')
    .replace(/[\u2212\u2013]/, '-');
  const parts = /^([+-]?)(\d{1,3})(?:[.,](\d{1,2}))?$/.exec(plain);
  if (!parts) return undefined;
  const size = Number(parts[2]) * 100 + Number((parts[3] ?? '').padEnd(2, '0'));
  const bp = parts[1] === '-' ? -size : size;
  return bp >= MARGIN_BP.min && bp <= MARGIN_BP.max ? bp + 0 : undefined;
}

/** A typed amount in minor units. @returns undefined if it is unreadable or ambiguous */
export function typedFiat(text: string, currency: Currency, mark: DecimalMark): MinorUnits | undefined {
  const read = readAmount(text, currency, mark);
  return read.kind === 'amount' ? minorUnitsOf(read.text, currency) : undefined;
}

/** Converts a draft to the API's fields. `wrong` names the fields that prevent it from being sent. */
export function readDraft(draft: Draft, mark: DecimalMark) {
  const wrong = new Set<DraftField>();
  const fiat = (field: 'fixed' | 'min' | 'max') => {
    const amount = typedFiat(draft[field], draft.currency, mark);
    if (amount === undefined) wrong.add(field);
    return amount;
  };
  const text = (amount: ReturnType<typeof fiat>) =>
    amount === undefined ? '' : formatFiat(amount, draft.currency);
  const [min, max] = [fiat('min'), fiat('max')];
  if (min !== undefined && max !== undefined && min > max) wrong.add('order');
  const marginBp = basisPointsOf(draft.margin);
  if (draft.kind === 'market' && marginBp === undefined) wrong.add('margin');
  const price =
    draft.kind === 'market'
      ? ({ kind: 'market', marginBp: marginBp ?? 0 } as const)
      : ({ kind: 'fixed', fiatPerXmr: text(fiat('fixed')) } as const);
  const window = withoutFormats(draft.window).trim();
  const minutes = /^\d{1,4}$/.test(window) ? Number(window) : 0;
  if (minutes < PAYMENT_WINDOW_MINUTES.min || minutes > PAYMENT_WINDOW_MINUTES.max) wrong.add('window');
  if (draft.methods.length === 0 || draft.methods.length > MAX_METHODS) wrong.add('methods');
  if (draft.methods.some((method) => invisibleAt(method) >= 0)) wrong.add('methods');
  const terms = draft.terms.trim();
  if (invisibleAt(terms, { hasLines: true }) >= 0) wrong.add('terms');
  const body = {
    price,
    minFiat: text(min),
    maxFiat: text(max),
    methods: draft.methods,
    terms,
    paymentWindowMinutes: minutes,
    unlisted: draft.unlisted,
  };
  return { body, wrong };
}

/** The fields that createOffer and updateOffer share. */
export type OfferBody = ReturnType<typeof readDraft>['body'] & {
  paymentAccountIds?: PaymentAccountId[] | undefined;
};
