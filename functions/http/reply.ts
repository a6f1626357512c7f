import * as z from 'zod';
import { html, type Operation, successOf } from '#contract/operation.ts';
import type { HttpResponse, Layer } from './exchange.ts';
import { Reply } from './use-cases.ts';

const JSON_TYPE = { 'content-type': 'application/json' };
/** Our pages have no scripts and load nothing. */
const HTML_TYPE = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
};

/** The body of a result in its wire form. A result that does not fit the contract is a fault, and becomes a 500. */
export const encodedBody = ({ schema }: { schema: z.ZodType | null }, result: unknown): string =>
  JSON.stringify(z.encode(schema!, result));

export const jsonResponse = (statusCode: number, body: string): HttpResponse => ({
  statusCode,
  headers: JSON_TYPE,
  body,
});

function responseOf(operation: Operation, { result, more }: Reply<unknown>): HttpResponse {
  const success = successOf(operation);
  const cookies = more.cookies ? { cookies: more.cookies } : {};
  const statusCode = more.status ?? success.status;
  if (!success.schema) return { statusCode, ...cookies };
  if (success.schema === html) return { statusCode, headers: HTML_TYPE, body: result as string };
  return { ...jsonResponse(statusCode, encodedBody(success, result)), ...cookies };
}

/** Turns the result of a use case into the response that the operation declares. */
export const reply = (): Layer => ({
  after: (request) => {
    const { context, response } = request;
    const encoded =
      context.replayed ??
      responseOf(context.route.operation, response instanceof Reply ? response : new Reply(response, {}));
    if (context.etag) encoded.headers = { ...encoded.headers, etag: context.etag };
    request.response = encoded;
  },
});
