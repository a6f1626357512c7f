import type { Usage } from '../meter/usage.ts';

/**
 * US dollars per million, on demand, us-east-1, read on 2026-11-25. The sources are
 * aws.amazon.com/dynamodb/pricing/on-demand (prices since November 2024), aws.amazon.com/sqs/pricing (FIFO),
 * aws.amazon.com/lambda/pricing (requests only, because the duration is not counted) and
 * aws.amazon.com/api-gateway/pricing (HTTP API).
 */
export const PRICES = {
  writeUnits: 0.625,
  readUnits: 0.125,
  sqsRequests: 0.5,
  lambda: 0.2,
  gateway: 1,
} as const;

/** Number of gateway requests of a flow, and of the function invocations that it causes. */
export type Runs = { requests: number; invocations: number };

/** Price of a million flows in US dollars. */
export function dollarsOfMillion(
  { readUnits, writeUnits, sqsRequests }: Usage,
  { requests, invocations }: Runs,
) {
  const store = readUnits * PRICES.readUnits + writeUnits * PRICES.writeUnits;
  const queue = sqsRequests * PRICES.sqsRequests;
  const lambda = invocations * PRICES.lambda + requests * PRICES.gateway;
  return { store, queue, lambda, all: store + queue + lambda };
}
