import type { Halts } from './halts.ts';

export interface HaltRows {
  /** The halts that are on now. Strongly consistent, so that a halt holds for the next request of every process. */
  read(): Promise<Halts>;
}
