import { ProblemError } from '#contract/client.ts';
import type { Problem, ProblemCode } from '#contract/problems.ts';

type More = { state?: string; errorPaths?: string[] };

/** The call is refused, with exactly this status and code, and whatever more is said. */
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

/** The paths that a 400 names, each once, in order. */
export const pathsOf = ({ errors = [] }: Problem) => [...new Set(errors.map(({ path }) => path))].sort();
