import type { en } from './en/index.ts';

/** The texts of a language. English defines them, so a missing translation is a type error. */
export type Messages = typeof en;
