import { ProblemError } from '#contract/client.ts';
import type { Problem, ProblemCode } from '#contract/problems.ts';

type More = { state?: string; errorPaths?: string[] };

/** Expects the call to be refused with exactly this status and code, and with the other fields that are given. */
export async function expectProblem(
  call: Promise<unknown>,
  status: number,
  code: ProblemCode,
  { state, errorPaths }: More = {},
): Promise<Problem> {
  const error = await call.then(
    (answer) => new Error(`It was not refused, but answered ${JSON.stringify(answer)}`),
    (thrown: Error) => thrown,
  );
  if (!(error instanceof ProblemError)) throw error;
  const { problem } = error;
  expect(problem).toMatchObject({ status, code, ...(state && { state }) });
  if (errorPaths) expect(pathsOf(problem)).toEqual([...errorPaths].sort());
  return problem;
}

/** The distinct paths that a 400 names, sorted. */
export const pathsOf = ({ errors = [] }: Problem) => [...new Set(errors.map(({ path }) => path))].sort();
