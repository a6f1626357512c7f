import type { Written } from './written.ts';

/** One read: its table or index, the number of items it read, and its cost. */
export type Read = { table: string; index?: string; items: number; units: number };

/** The requests of some work to the store and to the queue. */
export type Usage = {
  /** Requests to DynamoDB. */
  calls: number;
  /** Read request units. */
  readUnits: number;
  /** Write request units, indexes included. */
  writeUnits: number;
  /** Requests to SQS. */
  sqsRequests: number;
  reads: Read[];
  writes: Written[];
};

export const nothing = (): Usage => ({
  calls: 0,
  readUnits: 0,
  writeUnits: 0,
  sqsRequests: 0,
  reads: [],
  writes: [],
});

/** The figures that are compared with the expected ones. */
export type Counts = Pick<Usage, 'calls' | 'readUnits' | 'writeUnits' | 'sqsRequests'>;

export const countsOf = ({ calls, readUnits, writeUnits, sqsRequests }: Usage): Counts => ({
  calls,
  readUnits,
  writeUnits,
  sqsRequests,
});

/** The sum of several usages. */
export function sumOf(usages: readonly Usage[]): Usage {
  const add = (name: keyof Counts) => usages.reduce((sum, usage) => sum + usage[name], 0);
  return {
    calls: add('calls'),
    readUnits: add('readUnits'),
    writeUnits: add('writeUnits'),
    sqsRequests: add('sqsRequests'),
    reads: usages.flatMap(({ reads }) => reads),
    writes: usages.flatMap(({ writes }) => writes),
  };
}
