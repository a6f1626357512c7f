import { searchParams } from 'sv-router';
import { goTo } from '../routes.ts';

const next = (): string | null => searchParams.toURLSearchParams().get('next');

/** After signing in: to the page one wanted, or to the market. */
export const goOn = (): void => goTo(next() ?? '/');

/** Between signing in and signing up, the wanted page is not forgotten. */
export const nextQuery = () => {
  const path = next();
  return path ? { search: { next: path } } : undefined;
};

export const hasNext = (): boolean => next() !== null;
