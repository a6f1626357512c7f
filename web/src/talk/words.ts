import { tradeTexts } from '../trade/texts.ts';

/** The line about a step of a trade. The API names the state that it has reached. */
export const stepText = (state: string | undefined): string => {
  const states: Record<string, string> = tradeTexts().states;
  return states[state ?? ''] ?? state ?? '';
};
