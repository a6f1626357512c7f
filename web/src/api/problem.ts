import type { Problem, ProblemCode } from '#contract/problems.ts';

/** The API said no. */
export class ProblemError extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(`${problem.status} ${problem.code}`);
    this.problem = problem;
  }
}

/** The API could not be asked, or something else answered in its place. Nothing is known about what it did. */
export class UnreachableError extends Error {}

export const isProblem = (value: unknown): value is Problem =>
  typeof value === 'object' && value !== null && 'code' in value && 'status' in value;

export const problemOf = (error: unknown): Problem | undefined =>
  error instanceof ProblemError ? error.problem : undefined;

export const hasCode = (error: unknown, ...codes: ProblemCode[]): boolean => {
  const problem = problemOf(error);
  return problem !== undefined && codes.includes(problem.code);
};

/** Whether the API found fault with a field, however deep in the body it sits (`price.fiatPerXmr`). */
export const faultsField = (error: unknown, field: string): boolean =>
  problemOf(error)?.errors?.some(({ path }) => path.split(/[./]/).includes(field)) ?? false;
