import type { InputOf, Operation, ResultOf } from '#contract/operation.ts';
import type { Anyone, Caller } from '#core/caller.ts';
import type { IdempotencyRows, KeyedCall } from '#core/idempotency.ts';
import type { Page, PageRequest } from '#core/paging.ts';
import type { Refusal } from '#core/refusal.ts';

/** Facts about the request that a use case may need. */
export type Call = {
  cookies: Record<string, string>;
  origin?: string;
  /** The client's address as the trusted hop in front saw it. */
  clientAddress: string;
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

type Input<O extends Operation> = O extends { paged: true }
  ? Omit<InputOf<O>, 'limit' | 'cursor'> & { page: PageRequest }
  : InputOf<O>;
type CallerOf<O extends Operation> = O extends { caller: 'account' } ? Caller : Anyone;
type Result<O extends Operation> = O extends { paged: true }
  ? ResultOf<O> extends { items: (infer T)[] }
    ? Page<T>
    : never
  : O extends { keyed: true }
    ? ResultOf<O>
    : ResultOf<O> | Reply<ResultOf<O>>;
type CallOf<O extends Operation> = O extends { keyed: true } ? Call & KeyedCall<ResultOf<O>> : Call;

type Run<O extends Operation> = (
  input: Input<O>,
  caller: CallerOf<O>,
  call: CallOf<O>,
) => Promise<Result<O> | Refusal>;

/** A use case with the rows that store its answers, for an operation with an `Idempotency-Key`. */
export type Keyed<R> = { rows: IdempotencyRows; run: R };

export const keyed = <R>(rows: IdempotencyRows, run: R): Keyed<R> => ({ rows, run });

/** The use case of every operation in a contract module, under the operation's name. */
export type UseCases<Contract> = {
  [Name in keyof Contract as Contract[Name] extends Operation
    ? Name
    : never]: Contract[Name] extends Operation
    ? Contract[Name] extends { keyed: true }
      ? Keyed<Run<Contract[Name]>>
      : Run<Contract[Name]>
    : never;
};

/** An operation and the use case that carries it out. */
export type Route = {
  operation: Operation;
  run: (input: unknown, caller: Caller | Anyone, call: object) => Promise<unknown>;
  /** Present if the operation is keyed. */
  rows?: IdempotencyRows;
};

/** Routes by the gateway's route key. */
export function routesOf<Contract extends object>(
  contract: Contract,
  useCases: UseCases<Contract>,
): ReadonlyMap<string, Route> {
  const operations = contract as Record<string, Operation>;
  const all = Object.entries<Route['run'] | Keyed<Route['run']>>(useCases as never);
  return new Map(
    all.map(([name, useCase]) => {
      const operation = operations[name]!;
      const parts = typeof useCase === 'function' ? { run: useCase } : useCase;
      return [operation.route, { operation, ...parts }];
    }),
  );
}
