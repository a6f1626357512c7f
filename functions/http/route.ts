import type { InputOf, Operation, ResultOf } from '#contract/operation.ts';
import type { Caller } from '#core/caller.ts';
import type { IdempotencyRows, Remember } from '#core/idempotency.ts';
import type { Page, PageRequest } from '#core/paging.ts';
import type { Refusal } from '#core/refusal.ts';

/** Facts about the request that a use case may need. */
export type Call = {
  cookies: Record<string, string>;
  origin?: string;
  /** The client's address as the trusted hop in front saw it. */
  clientAddress: string;
  /** Well-formed, and present if the operation is keyed. */
  idempotencyKey?: string;
};

/** A success with more than its result: cookies, or another status than the usual one. */
export class Reply<T> {
  readonly result: T;
  readonly more: { cookies?: string[]; status?: number };
  constructor(result: T, more: { cookies?: string[]; status?: number }) {
    this.result = result;
    this.more = more;
  }
}

type Result<O extends Operation> = O extends { paged: true }
  ? ResultOf<O> extends { items: (infer T)[] }
    ? Page<T>
    : never
  : ResultOf<O>;
type Input<O extends Operation> = O extends { paged: true }
  ? Omit<InputOf<O>, 'limit' | 'cursor'> & { page: PageRequest }
  : InputOf<O>;
type CallerOf<O extends Operation> = O extends { caller: 'account' } ? Caller : undefined;
type Answer<O extends Operation> = Promise<Result<O> | Reply<Result<O>> | Refusal>;

/** An operation and the use case that carries it out. */
export type Route = {
  operation: Operation;
  run(input: never, caller: never, call: Call, remember: never): Promise<unknown>;
  rows?: IdempotencyRows;
};

/** Joins an operation to its use case. Their types must fit. */
export const route = <O extends Operation>(
  operation: O,
  run: (input: Input<O>, caller: CallerOf<O>, call: Call) => Answer<O>,
): Route => ({ operation, run });

/** The same for an operation with an `Idempotency-Key`. `rows` stores its answers. */
export const keyedRoute = <O extends Operation & { keyed: true }>(
  operation: O,
  rows: IdempotencyRows,
  run: (input: Input<O>, caller: CallerOf<O>, remember: Remember<ResultOf<O>>, key: string) => Answer<O>,
): Route => ({
  operation,
  rows,
  run: (input: Input<O>, caller: CallerOf<O>, call: Call, remember: Remember<ResultOf<O>>) =>
    run(input, caller, remember, call.idempotencyKey!),
});
