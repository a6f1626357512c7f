import { ProblemError } from '#contract/client.ts';

/** Number of successes, and the distinct problem codes of the other answers. */
export async function outcomes(asked: Promise<unknown>[]): Promise<{ given: number; codes: string[] }> {
  const results = await Promise.allSettled(asked);
  const codes = results.flatMap((result) =>
    result.status === 'rejected'
      ? [result.reason instanceof ProblemError ? result.reason.problem.code : `${result.reason}`]
      : [],
  );
  return { given: results.length - codes.length, codes: [...new Set(codes)] };
}
