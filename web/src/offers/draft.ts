import { type Currency, formatFiat, parseFiat } from '#core/money/fiat.ts';
import { MARGIN_BP, MAX_METHODS, PAYMENT_WINDOW_MINUTES } from '#core/offers/limits.ts';
import type { Offer, Side } from '../api/things.ts';
import { typedAmount } from '../i18n/format.ts';

/** An offer while it is being written: everything as typed. */
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
};

export type DraftField = 'margin' | 'fixed' | 'min' | 'max' | 'order' | 'methods' | 'window';

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
});

export const draftOf = (offer: Offer): Draft => ({
  side: offer.side,
  currency: offer.currency,
  kind: offer.price.kind,
  margin: offer.price.kind === 'market' ? percentOf(offer.price.marginBp) : '0',
  fixed: offer.price.kind === 'fixed' ? offer.price.fiatPerXmr : offer.fiatPerXmr,
  min: offer.minFiat,
  max: offer.maxFiat,
  methods: offer.methods,
  window: String(offer.paymentWindowMinutes),
  terms: offer.terms ?? '',
});

const percentOf = (bp: number): string => {
  const digits = String(Math.abs(bp)).padStart(3, '0');
  const text = `${digits.slice(0, -2)}.${digits.slice(-2)}`.replace(/\.?0+$/, '');
  return `${bp < 0 ? '-' : ''}${text || '0'}`;
};

/** `"2.5"` is 250 basis points. @returns undefined for what is no percentage an offer may have */
export function basisPointsOf(percent: string): number | undefined {
  const parts = /^([+-]?)(\d{1,3})(?:\.(\d{1,2}))?$/.exec(typedAmount(percent).replace('\u2212', '-'));
  if (!parts) return undefined;
  const size = Number(parts[2]) * 100 + Number((parts[3] ?? '').padEnd(2, '0'));
  const bp = parts[1] === '-' ? -size : size;
  return bp >= MARGIN_BP.min && bp <= MARGIN_BP.max ? bp + 0 : undefined;
}

/** What of a draft goes to the API, or the fields that keep it from going. */
export function readDraft(draft: Draft) {
  const wrong = new Set<DraftField>();
  const fiat = (field: 'fixed' | 'min' | 'max') => {
    const amount = parseFiat(typedAmount(draft[field]), draft.currency);
    if (typeof amount !== 'string') return amount;
    wrong.add(field);
    return undefined;
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
  const minutes = /^\d{1,4}$/.test(draft.window.trim()) ? Number(draft.window) : 0;
  if (minutes < PAYMENT_WINDOW_MINUTES.min || minutes > PAYMENT_WINDOW_MINUTES.max) wrong.add('window');
  if (draft.methods.length === 0 || draft.methods.length > MAX_METHODS) wrong.add('methods');
  const body = {
    price,
    minFiat: text(min),
    maxFiat: text(max),
    methods: draft.methods,
    terms: draft.terms.trim(),
    paymentWindowMinutes: minutes,
  };
  return { body, wrong };
}
