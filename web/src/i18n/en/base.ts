import { market, methods } from './market.ts';
import { faults, problems } from './problems.ts';
import { shell } from './shell.ts';

/** The texts of every page and of the market, which load first. */
export const base = { shell, market, methods, problems, faults };
