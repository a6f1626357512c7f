import { createHash } from 'node:crypto';
import type { Operation } from '#contract/operation.ts';
import type { VersionFields } from '#core/versions.ts';
import type { Exchange, HttpContext, Layer } from './exchange.ts';

/** Ends a request with 304, because the client has the present version of the thing. */
class NotModified extends Error {
  readonly etag: string;
  constructor(etag: string) {
    super('not modified');
    this.etag = etag;
  }
}

/**
 * The entity tag of a version. It is weak, because names of people in the answer may be older. The caller is part of
 * it, because two parties see different answers.
 */
function etagOf({ route, caller }: HttpContext, fields: VersionFields): string {
  const { name, versionedBy = [] }: Operation = route.operation;
  const values = versionedBy.map((field) => String(fields[field] ?? ''));
  const digest = createHash('sha256').update(JSON.stringify([name, caller?.accountId ?? '', ...values]));
  return `W/"${digest.digest('base64url').slice(0, 22)}"`;
}

/** Whether an `If-None-Match` names a tag. Compared weakly, because proxies that compress make tags weak. */
function names(ifNoneMatch: string | undefined, etag: string): boolean {
  const opaque = (tag: string) => tag.trim().replace(/^W\//, '');
  return ifNoneMatch?.split(',').some((tag) => tag.trim() === '*' || opaque(tag) === opaque(etag)) ?? false;
}

function endIfKnown({ event, context }: Pick<Exchange, 'event' | 'context'>, fields: VersionFields): string {
  const etag = etagOf(context, fields);
  if (names(event.headers['if-none-match'], etag)) throw new NotModified(etag);
  return etag;
}

/** Gives the answers of operations with `versionedBy` an `ETag`, and answers 304 to a client that has it (RFC 9110). */
export const versions = (): Layer => ({
  before: ({ event, context }) => {
    if (context.route.operation.versionedBy)
      context.reading = { endIfKnown: (fields) => void endIfKnown({ event, context }, fields) };
  },
  after: ({ event, context, response }) => {
    if (context.route.operation.versionedBy)
      context.etag = endIfKnown({ event, context }, response as VersionFields);
  },
  onError: (request) => {
    const { error } = request;
    if (error instanceof NotModified) request.response = { statusCode: 304, headers: { etag: error.etag } };
  },
});
