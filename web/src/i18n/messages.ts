import type { en } from './en/index.ts';

/** What every language must say. English is written first; another that lacks a text does not pass the type check. */
export type Messages = typeof en;
