import { t } from '../i18n/i18n.svelte.ts';

/** The line about a step of a trade. The API names the state that it has reached. */
export const stepText = (state: string | undefined): string => {
  const states: Record<string, string> = t().trade.states;
  return states[state ?? ''] ?? state ?? '';
};
