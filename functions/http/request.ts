import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type * as z from 'zod';
import { mayLackBody, type Operation } from '#contract/operation.ts';
import { Refused } from './refused.ts';

const MAX_BODY_BYTES = 64 * 1024;

const header = (event: APIGatewayProxyEventV2, name: string) => event.headers[name];

function bodyBytes(event: APIGatewayProxyEventV2): Buffer {
  // The emulated gateway sends null where AWS leaves the body out.
  return Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8');
}

/** Whether a Content-Type is JSON in UTF-8. No charset means UTF-8 (RFC 8259, section 8.1). */
function isUtf8Json(contentType: string): boolean {
  const [type = '', ...parameters] = contentType.toLowerCase().split(';');
  const charsets = parameters
    .map((parameter) => /^\s*charset\s*(?:=(.*))?$/.exec(parameter))
    .filter((match) => match !== null);
  return (
    type.trim() === 'application/json' &&
    charsets.every(([, value = '']) => /^\s*("?)utf-?8\1\s*$/.test(value))
  );
}

/** 413 and 415: the checks that need no reading of the body. */
export function checkBodyForm(event: APIGatewayProxyEventV2, op: Operation): void {
  const { length } = bodyBytes(event);
  if (length > MAX_BODY_BYTES) throw new Refused('body_too_large');
  if (op.body && length && !isUtf8Json(header(event, 'content-type') ?? '')) throw new Refused('not_json');
}

/** U+FFFD, with which decoders replace bytes that are not UTF-8. */
const REPLACEMENT = '\ufffd';

/** Keeps a byte order mark, so that JSON.parse refuses it (RFC 8259, section 8.1). */
const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * The body as text. Throws if its bytes are not UTF-8, because replaced bytes would make two passwords equal. A gateway
 * that passes text on may have replaced bytes itself, so U+FFFD in text counts as such a byte.
 */
function bodyText(event: APIGatewayProxyEventV2): string {
  if (event.isBase64Encoded) return strictUtf8.decode(bodyBytes(event));
  if (event.body?.includes(REPLACEMENT)) throw new TypeError('the gateway replaced bytes that are not UTF-8');
  return event.body ?? '';
}

function parsedJson(event: APIGatewayProxyEventV2): unknown {
  try {
    return JSON.parse(bodyText(event));
  } catch {
    throw new Refused('invalid_json');
  }
}

/** The query, each parameter once. Reads the raw string, because gateways replace bytes and join repeated names. */
function parsedQuery(
  { rawQueryString = '' }: APIGatewayProxyEventV2,
  errors: Errors,
): Record<string, string> {
  const query = new Map<string, string>();
  try {
    decodeURIComponent(rawQueryString);
  } catch {
    errors.push({ path: '?', message: 'must be UTF-8, percent-encoded' });
    return {};
  }
  for (const [name, value] of new URLSearchParams(rawQueryString)) {
    if (query.has(name)) errors.push({ path: name, message: 'must be given once' });
    query.set(name, value);
  }
  return Object.fromEntries(query);
}

type Errors = { path: string; message: string }[];

/** Deeper than the input of any operation. */
const DEEPEST = 8;

/** A key that some schemas and copies of objects drop without a word. */
const PROTOTYPE = '__proto__';
const UNKNOWN = 'is not known here';

/**
 * Reports each text with half a surrogate pair, because it has no UTF-8 form and no store would keep it unchanged, and
 * each key `__proto__`.
 */
function nameIllFormed(value: unknown, errors: Errors, path: readonly string[] = []): void {
  if (typeof value === 'string' && !value.isWellFormed())
    errors.push({ path: path.join('.'), message: 'must be well-formed Unicode' });
  if (typeof value !== 'object' || value === null || path.length === DEEPEST) return;
  for (const [key, part] of Object.entries(value)) {
    if (key === PROTOTYPE) errors.push({ path: [...path, key].join('.'), message: UNKNOWN });
    else nameIllFormed(part, errors, [...path, key]);
  }
}

/** Parses one part, and reports every failing path as the client wrote it. */
function parsePart(schema: z.ZodType | undefined, value: unknown, errors: Errors): Record<string, unknown> {
  if (!schema) return {};
  nameIllFormed(value, errors);
  const result = schema.safeParse(value);
  if (result.success) return (result.data ?? {}) as Record<string, unknown>;
  for (const issue of result.error.issues) {
    const unknown = issue.code === 'unrecognized_keys' ? issue.keys : [];
    const at = issue.path.join('.');
    for (const key of unknown.filter((one) => one !== PROTOTYPE))
      errors.push({ path: at ? `${at}.${key}` : key, message: UNKNOWN });
    if (!unknown.length) errors.push({ path: at, message: issue.message });
  }
  return {};
}

export type ParsedRequest = {
  /** Path, query and body merged, in the core's types. */
  input: Record<string, unknown>;
  /** The query as parsed, which a cursor belongs to. */
  query: Record<string, unknown>;
  /** The body as received, for the idempotency fingerprint. */
  body: unknown;
  idempotencyKey?: string;
};

/** Parses path, query, body and key as the operation declares them; throws 400 with every failing path. */
export function parseRequest(event: APIGatewayProxyEventV2, op: Operation): ParsedRequest {
  const errors: Errors = [];
  const isLeftOut = mayLackBody(op) && bodyBytes(event).length === 0;
  const body = op.body && !isLeftOut ? parsedJson(event) : undefined;
  const path = parsePart(op.path, event.pathParameters ?? {}, errors);
  const query = parsePart(op.query, parsedQuery(event, errors), errors);
  const content = parsePart(op.body, body, errors);
  if (!op.query && event.rawQueryString) errors.push({ path: '?', message: 'this operation takes no query' });
  if (errors.length) throw new Refused('invalid_request', { errors });
  const idempotencyKey = header(event, 'idempotency-key');
  if (op.keyed && !/^[\x21-\x7e]{1,64}$/.test(idempotencyKey ?? ''))
    throw new Refused('idempotency_key_missing');
  return { input: { ...path, ...query, ...content }, query, body, ...(idempotencyKey && { idempotencyKey }) };
}

/**
 * Cookies by name. They are read from the header, because not every gateway splits them. Malformed ones are skipped.
 */
export function cookiesOf(event: APIGatewayProxyEventV2): Record<string, string> {
  const pairs = [...(event.cookies ?? []), header(event, 'cookie') ?? ''].flatMap((cookies) =>
    cookies.split(/; */),
  );
  return Object.fromEntries(pairs.filter((pair) => pair.includes('=')).map((pair) => splitOnce(pair)));
}

function splitOnce(pair: string): [string, string] {
  const at = pair.indexOf('=');
  return [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
}
