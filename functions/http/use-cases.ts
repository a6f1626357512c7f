import type { InputOf, Operation, ResultOf } from '#contract/operation.ts';
import type { Role } from '#core/accounts/standing.ts';
import type { Anyone, Caller } from '#core/caller.ts';
import type { IdempotencyRows, KeyedCall } from '#core/idempotency.ts';
import type { Page, PageRequest } from '#core/paging.ts';
import type { Refusal } from '#core/refusal.ts';
import type { ReadingCall } from '#core/versions.ts';

/** Facts about the request that a use case may need. */
export type Call = {
  cookies: Record<string, string>;
  origin?: string;
  /** The client's address, seen by the trusted hop in front. */
  clientAddress: string;
  userAgent?: string;
  /** The rights of the caller now: `member` for anyone, and for a suspended moderator. */
  role: Role;
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
type CallOf<O extends Operation> = O extends { keyed: true }
  ? Call & KeyedCall<ResultOf<O>>
  : O extends { versionedBy: readonly string[] }
    ? Call & ReadingCall
    : Call;

type Run<O extends Operation> = (
  input: Input<O>,
  caller: CallerOf<O>,
  call: CallOf<O>,
) => Promise<Result<O> | Refusal>;

/** A stored answer in its wire form. An older version may have written it, so nothing more is known of its fields. */
export type StoredAnswer = Record<string, unknown>;

type ReadAgain<O extends Operation> = (
  stored: StoredAnswer,
  caller: CallerOf<O>,
) => Promise<ResultOf<O> | Refusal>;

/** Fields of an answer in their wire form. */
type UnstoredFields = (stored: StoredAnswer, caller: Caller) => Promise<StoredAnswer>;

/** A use case of an operation with an `Idempotency-Key`. */
export type Keyed<R, A> = {
  /** Its stored answers. */
  rows: IdempotencyRows;
  run: R;
  /** Reads the result of an earlier request again, if its stored answer no longer fits the contract. */
  readAgain: A;
  /** Reads the fields that are never stored with a key, because they can be erased. A replay adds them. */
  unstored?: UnstoredFields;
};

export const keyed = <R, A>(
  rows: IdempotencyRows,
  run: R,
  readAgain: A,
  unstored?: UnstoredFields,
): Keyed<R, A> => ({ rows, run, readAgain, ...(unstored && { unstored }) });

/** The use case of every operation in a contract module, under the operation's name. */
export type UseCases<Contract> = {
  [Name in keyof Contract as Contract[Name] extends Operation
    ? Name
    : never]: Contract[Name] extends Operation
    ? Contract[Name] extends { keyed: true }
      ? Keyed<Run<Contract[Name]>, ReadAgain<Contract[Name]>>
      : Run<Contract[Name]>
    : never;
};

/** An operation and the use case that carries it out. */
export type Route = {
  operation: Operation;
  run: (input: unknown, caller: Caller | Anyone, call: object) => Promise<unknown>;
  /** Present if the operation is keyed. */
  answers?: {
    rows: IdempotencyRows;
    readAgain: (stored: StoredAnswer, caller: Caller) => Promise<unknown>;
    unstored?: UnstoredFields;
  };
};

/** Routes by the gateway's route key. */
export function routesOf<Contract extends object>(
  contract: Contract,
  useCases: UseCases<Contract>,
): ReadonlyMap<string, Route> {
  const operations = contract as Record<string, Operation>;
  type KeyedRoute = Keyed<Route['run'], NonNullable<Route['answers']>['readAgain']>;
  const all = Object.entries<Route['run'] | KeyedRoute>(useCases as never);
  return new Map(
    all.map(([name, useCase]) => {
      const operation = operations[name]!;
      if (typeof useCase === 'function') return [operation.route, { operation, run: useCase }];
      const { run, ...answers } = useCase;
      return [operation.route, { operation, run, answers }];
    }),
  );
}
