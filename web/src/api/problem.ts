import { ProblemError } from '#contract/client.ts';
import type { Problem, ProblemCode } from '#contract/problems.ts';

/** The API could not be reached, or a proxy answered in its place. The request may have taken effect. */
export class UnreachableError extends Error {}

export const problemOf = (error: unknown): Problem | undefined =>
  error instanceof ProblemError ? error.problem : undefined;

export const hasCode = (error: unknown, ...codes: ProblemCode[]): boolean => {
  const problem = problemOf(error);
  return problem !== undefined && codes.includes(problem.code);
};

/** Whether the API refused a field, at any depth of the body (`price.fiatPerXmr`). */
export const faultsField = (error: unknown, field: string): boolean =>
  problemOf(error)?.errors?.some(({ path }) => path.split(/[./]/).includes(field)) ?? false;
