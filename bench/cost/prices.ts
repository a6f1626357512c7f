import type { Usage } from '../meter/usage.ts';

/**
 * Dollars a million, on demand, us-east-1, as known on 2026-11-25. AWS publishes them at
 * aws.amazon.com/dynamodb/pricing/on-demand (these since November 2024), aws.amazon.com/sqs/pricing (FIFO),
 * aws.amazon.com/lambda/pricing (requests, without the time they take, which no count tells) and
 * aws.amazon.com/api-gateway/pricing (HTTP API).
 */
export const PRICES = {
  writeUnits: 0.625,
  readUnits: 0.125,
  sqsRequests: 0.5,
  lambda: 0.2,
  gateway: 1,
} as const;

/** How often a flow comes through the gateway, and how often a function runs for it. */
export type Runs = { requests: number; invocations: number };

/** Dollars for a million times of this. */
export function dollarsOfMillion(
  { readUnits, writeUnits, sqsRequests }: Usage,
  { requests, invocations }: Runs,
) {
  const store = readUnits * PRICES.readUnits + writeUnits * PRICES.writeUnits;
  const queue = sqsRequests * PRICES.sqsRequests;
  const lambda = invocations * PRICES.lambda + requests * PRICES.gateway;
  return { store, queue, lambda, all: store + queue + lambda };
}
