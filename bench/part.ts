import type { BenchRun } from './sandbox.ts';

/** The result of a part of the bench. */
export type Found = {
  /** Its section of docs/benchmarks.md, below the heading. */
  markdown: string;
  /** SVG files beside it, by name. */
  plots: Record<string, string>;
  /** Lines for the terminal. */
  lines: string;
  /** Figures that `--accept` stores, by the name of their file. */
  expectations: Record<string, object>;
  /** Differences from the expected figures. */
  complaints: string[];
  /** Figures for the comparison with the older system. */
  figures: Record<string, number>;
};

/** One part of the bench. It takes seconds to minutes. */
export type Part = (run: BenchRun) => Promise<Found>;

export const PARTS = ['cost', 'scale', 'latency', 'start', 'site', 'chain', 'live'] as const;
export type PartName = (typeof PARTS)[number];
