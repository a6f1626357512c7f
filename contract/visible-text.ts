import * as z from 'zod';
import { invisibleAt } from './invisible.ts';

const MESSAGE = 'must not hold invisible characters or direction controls';

/** One line of plain text by a person, 1 to `max` UTF-16 units. */
export const line = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .refine((text) => invisibleAt(text) < 0, MESSAGE);

/** Plain text by a person, up to `max` UTF-16 units. Line feeds and tabs are allowed. */
export const lines = (max: number) =>
  z
    .string()
    .max(max)
    .refine((text) => invisibleAt(text, { hasLines: true }) < 0, MESSAGE);
