import type { BenchRun } from './sandbox.ts';

/** What a part of the bench found. */
export type Found = {
  /** Its section of docs/benchmarks.md, below the heading. */
  markdown: string;
  /** SVG files beside it, by name. */
  plots: Record<string, string>;
  /** What the terminal shows. */
  lines: string;
  /** What `--accept` keeps, by the name of the file of expectations. */
  expectations: Record<string, object>;
  /** What is off, against the expectations as they are. */
  complaints: string[];
  /** Figures that the comparison with the older system takes up. */
  figures: Record<string, number>;
};

/** Measures; takes some seconds to minutes. */
export type Part = (run: BenchRun) => Promise<Found>;

export const PARTS = ['cost', 'scale', 'latency', 'start', 'site', 'chain'] as const;
export type PartName = (typeof PARTS)[number];
