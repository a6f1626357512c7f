import * as z from 'zod';
import type { Network } from '#core/chain/networks.ts';
import type { ProblemCode } from './problems.ts';
import type { RequestShape } from './request.ts';

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';
export type Route = `${Method} /${string}`;
/** 503 is a success of getHealth only: it answered, and names the parts that are down. */
export type SuccessStatus = 200 | 201 | 202 | 204 | 503;

/** An HTML page instead of JSON. */
export const html = z.string().meta({ contentType: 'text/html' });

/** One operation of the API. Parsing, types, OpenAPI, the client and the tests' response check come from it. */
export type Operation = {
  /** Its name in every folder. */
  name: string;
  route: Route;
  summary: string;
  /** `account`: a valid access token. `refresh_cookie`: the session's refresh cookie, sent by the site itself. */
  caller: 'anyone' | 'account' | 'refresh_cookie';
  /** The role that the caller needs; without it any account may call. */
  role?: 'moderator' | 'admin';
  /** Whether a suspended account is refused, because the operation starts something or lets XMR leave. */
  refusedIfSuspended?: true;
  /** Requests that an account may send at once, and the time after which one more is allowed. A replay does not count. */
  rate?: { burst: number; everyMs: number };
  /** Needs an `Idempotency-Key`. The same key and body always get the same answer. */
  keyed?: true;
  /** Answers `{items, nextCursor?}` and takes `limit` and `cursor`. */
  paged?: true;
  /** The only network on which it exists. On others it is neither routed nor documented. */
  network?: 'regtest';
  /**
   * Fields of the body that say whether it changed. Its `ETag` is made of them, and a client that sends it back in
   * `If-None-Match` gets 304 while they are the same.
   */
  versionedBy?: readonly string[];
  path?: z.ZodObject;
  query?: z.ZodObject;
  body?: z.ZodType;
  /** The body of each success by status, or `null` for none. */
  success: { readonly [status in SuccessStatus]?: z.ZodType | null };
  /** Its problems in addition to the usual ones (see `usualProblems`). */
  problems: readonly ProblemCode[];
};

/** Declares an operation, keeping its exact types. */
export const operation = <const O extends Operation>(declared: O): O => declared;

/**
 * The problems that follow from the form of an operation, so that operations do not list them. Every operation has
 * `invalid_request` and `body_too_large`, because a client may send an unknown parameter or a large body to any of
 * them.
 */
export function usualProblems(op: Operation): ProblemCode[] {
  return [
    'invalid_request',
    'body_too_large',
    ...(op.paged ? (['invalid_cursor'] as const) : []),
    ...(op.body ? (['invalid_json', 'not_json'] as const) : []),
    ...(op.keyed ? (['idempotency_key_missing', 'idempotency_key_reused'] as const) : []),
    ...(op.caller === 'account' ? (['not_signed_in'] as const) : []),
    ...(op.role ? (['not_allowed'] as const) : []),
    ...(op.refusedIfSuspended ? (['suspended'] as const) : []),
    ...(op.rate ? (['too_many_requests'] as const) : []),
    'internal',
    'dependency_unavailable',
  ];
}

type Out<S> = S extends z.ZodType ? z.output<S> : unknown;
type In<S> = S extends z.ZodType ? z.input<S> : unknown;
type Part<O extends Operation, K extends keyof Operation> = K extends keyof O ? O[K] : unknown;
type SuccessOf<O extends Operation> = O['success'][keyof O['success']];

/** The input of a use case: path, query and body, parsed, in one object. */
export type InputOf<O extends Operation> = Out<Part<O, 'path'>> &
  Out<Part<O, 'query'>> &
  Out<Part<O, 'body'>>;
/** The result of a use case. */
export type ResultOf<O extends Operation> =
  SuccessOf<O> extends infer S ? (S extends z.ZodType ? z.output<S> : undefined) : never;
/** The input in its wire form. */
export type WireInputOf<O extends Operation> = In<Part<O, 'path'>> &
  In<Part<O, 'query'>> &
  In<Part<O, 'body'>>;
/** The result in its wire form. */
export type WireResultOf<O extends Operation> =
  SuccessOf<O> extends infer S ? (S extends z.ZodType ? z.input<S> : undefined) : never;

/** The usual success status and its schema. */
export function successOf(op: Operation): { status: number; schema: z.ZodType | null } {
  const [[status, schema] = ['204', null]] = Object.entries(op.success);
  return { status: Number(status), schema: schema ?? null };
}

/** Whether a request may have no body. */
export const mayLackBody = ({ body }: Operation): boolean => body?.safeParse(undefined).success ?? true;

export function methodAndPath(op: Operation): { method: string; path: string } {
  const [method, path] = op.route.split(' ') as [string, string];
  return { method, path };
}

export const existsOn = (operation: Operation, network: Network): boolean =>
  operation.network === undefined || operation.network === network;

/** The parts of an operation that a client needs. */
export const shapeOf = ({ route, caller, body, success }: Operation): RequestShape => ({
  route,
  caller,
  hasBody: body !== undefined,
  successes: Object.keys(success).map(Number),
});
