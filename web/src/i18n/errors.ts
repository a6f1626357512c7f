import { ProblemError, UnreachableError } from '../api/problem.ts';
import { t } from './i18n.svelte.ts';

/** What went wrong, in the reader's language. */
export function errorText(error: unknown): string {
  if (error instanceof ProblemError) return t().problems[error.problem.code] ?? t().faults.unknown;
  return error instanceof UnreachableError ? t().faults.unreachable : t().faults.unknown;
}
