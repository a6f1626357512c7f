import * as z from 'zod';
import { NETWORKS } from '#core/chain/networks.ts';
import { CURRENCIES } from '#core/money/fiat.ts';
import { asPiconero, formatXmr, PICONERO_PER_XMR, type Piconero, parseXmr } from '#core/money/xmr.ts';
import { METHOD_MAX_LENGTH } from '#core/offers/limits.ts';
import { asInstant, type Instant } from '#core/time.ts';
import { line } from './visible-text.ts';

/** An id on the wire, opaque to clients. Any short string is well-formed. */
export const id = <T extends string>(what: string) =>
  z
    .string()
    .min(1)
    .max(64)
    .meta({ description: `Id of ${what}` }) as unknown as z.ZodType<T, T>;

const xmrMeta = { description: 'XMR, as a decimal string with at most 12 decimals', examples: ['1.25'] };

/** An amount of XMR above 0: `"1.25"` on the wire, piconero inside. */
export const Xmr = z
  .codec(z.string().max(32).meta(xmrMeta), z.custom<Piconero>(), {
    decode: (text, context) => {
      const amount = parseXmr(text);
      if (typeof amount !== 'string') return amount;
      context.issues.push({ code: 'custom', message: amount, input: text });
      return z.NEVER;
    },
    encode: formatXmr,
  })
  .meta({ id: 'Xmr', ...xmrMeta });

/** A part of an amount: `"0"` or more. */
export const XmrOrNothing = z
  .codec(z.string().max(32).meta(xmrMeta), z.custom<Piconero>(), {
    decode: (text, context) => {
      const amount = /^0(?:\.0{1,12})?$/.test(text) ? asPiconero(0n) : parseXmr(text);
      if (typeof amount !== 'string') return amount;
      context.issues.push({ code: 'custom', message: amount, input: text });
      return z.NEVER;
    },
    encode: formatXmr,
  })
  .meta({ id: 'XmrOrNothing', ...xmrMeta });

/** An amount in responses only. It may be 0, and `availableXmr` may be negative. */
export const XmrOut = z
  .codec(z.string().meta(xmrMeta), z.custom<Piconero>(), {
    decode: (text) => {
      const [whole = '0', fraction = ''] = text.replace('-', '').split('.');
      const size = BigInt(whole) * PICONERO_PER_XMR + BigInt(fraction.padEnd(12, '0'));
      return asPiconero(text.startsWith('-') ? -size : size);
    },
    encode: formatXmr,
  })
  .meta({ id: 'XmrOut', ...xmrMeta });

/** Fiat stays text, because its number of decimals depends on the `currency` beside it. The core parses it. */
export const Fiat = z
  .string()
  .regex(/^\d{1,12}(\.\d{1,4})?$/, 'must be a decimal string such as "150.00"')
  .meta({
    id: 'Fiat',
    description: "Fiat, as a decimal string with the currency's ISO 4217 decimals",
    examples: ['150.00'],
  });

export const Currency = z.enum(CURRENCIES).meta({ id: 'Currency', description: 'ISO 4217 code' });

/** Any ISO 4217 code. One that is not traded here is a 422, not a 400. */
export const AnyCurrency = z.string().regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code such as "EUR"');

export const At = z
  .codec(z.iso.datetime(), z.custom<Instant>(), {
    decode: (text) => asInstant(Date.parse(text)),
    encode: (at) => new Date(at).toISOString(),
  })
  .meta({ id: 'At', description: 'RFC 3339, UTC' });

/** A payment method in the words of the offer's owner. The site translates those that it knows. */
export const PaymentMethod = line(METHOD_MAX_LENGTH).meta({ id: 'PaymentMethod', examples: ['sepa'] });

const Limit = z
  .codec(z.string().regex(/^\d{1,3}$/, 'must be a whole number from 1 to 100'), z.int().min(1).max(100), {
    decode: Number,
    encode: String,
  })
  .meta({ description: '1 to 100; 20 by default' });

/** The query parameters of every list, in addition to its filters. */
export const paging = { limit: Limit.optional(), cursor: z.string().max(1024).optional() };

/** The query parameters of a list that people read to its end. */
export const longPaging = {
  ...paging,
  limit: Limit.default(100).meta({ description: '1 to 100; 100 by default' }),
};

/** The body of every list. */
export const listOf = <T extends z.ZodType>(item: T) =>
  z.strictObject({ items: z.array(item), nextCursor: z.string().optional() });

export const Person = z
  .strictObject({ username: z.string(), displayName: z.string().optional(), tradesCompleted: z.int() })
  .meta({ id: 'Person' });

export const Network = z.enum(NETWORKS).meta({ id: 'Network' });
