import type { base as english } from '../en/base.ts';
import { market, methods } from './market.ts';
import { faults, problems } from './problems.ts';
import { shell } from './shell.ts';

export const base = { shell, market, methods, problems, faults } satisfies typeof english;
