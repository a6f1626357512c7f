import { ProblemError } from '#contract/client.ts';
import { invisibleAt } from '#contract/invisible.ts';
import type { Problem } from '#contract/problems.ts';
import { HALTS } from '#core/halts/states.ts';
import { decimalsOf } from '#core/money/fiat.ts';
import type { ReadAmount, Unit } from '../amounts/typed-amount.ts';
import { UnreachableError } from '../api/problem.ts';
import { PasskeyError } from '../session/passkeys.ts';
import { decimalMark } from './format.ts';
import { t } from './i18n.svelte.ts';

/** The translated text of an error. */
export function errorText(error: unknown): string {
  if (error instanceof ProblemError) return problemText(error.problem);
  if (error instanceof PasskeyError) return t().faults.passkeys[error.fault];
  return error instanceof UnreachableError ? t().faults.unreachable : t().faults.unknown;
}

function problemText({ code, state, detail }: Problem): string {
  const halt = code === 'halted' && HALTS.find((name) => name === state);
  if (halt) return `${t().shell.halted[halt]} ${t().shell.reasonOf(detail ?? '')}`;
  return t().problems[code] ?? t().faults.unknown;
}

/** The translated rule of an amount field. */
export const amountRule = (unit: Unit): string => t().faults.amount(unit === 'XMR' ? 12 : decimalsOf(unit));

/** Why a typed text is not an amount. @returns undefined for an amount or an ambiguous text */
export function amountFaultText(read: ReadAmount, unit: Unit): string | undefined {
  if (read.kind === 'empty') return amountRule(unit);
  if (read.kind !== 'wrong') return undefined;
  switch (read.fault) {
    case 'unreadable':
      return t().faults.unreadableAmount(`1234${decimalMark()}5`);
    case 'other_unit':
      return t().faults.otherUnit(unit);
    case 'too_large':
      return t().faults.tooLarge;
    default:
      return amountRule(unit);
  }
}

/** Characters before an invisible one that help to find it. */
const CONTEXT_LENGTH = 20;

/** The translated position of an invisible character. @returns undefined if there is none */
export function invisibleText(text: string, { hasLines = false } = {}): string | undefined {
  const at = invisibleAt(text, { hasLines });
  if (at < 0) return undefined;
  const before = [...text.slice(0, at)].slice(-CONTEXT_LENGTH).join('').trim();
  return before ? t().faults.invisibleAfter(before) : t().faults.invisibleAtStart;
}
