import * as z from 'zod';
import { html, operation } from './operation.ts';
import { At, Network } from './wire.ts';

const Check = z
  .strictObject({
    status: z.enum(['ok', 'down']),
    latencyMs: z.int().optional(),
    lastSeenAt: At.optional(),
  })
  .meta({ id: 'HealthCheck' });

export const Health = z
  .strictObject({
    status: z.enum(['ok', 'degraded', 'down']),
    version: z.string(),
    network: Network,
    checks: z.strictObject({ database: Check, queue: Check, wallet: Check, node: Check }),
    warnings: z
      .array(z.strictObject({ code: z.enum(['old_monero']), message: z.string() }))
      .optional()
      .meta({ description: 'For the operator; `status` does not depend on them.' }),
  })
  .meta({ id: 'Health' });

export const FunctionHealth = z
  .strictObject({ status: z.enum(['ok']), function: z.string(), version: z.string() })
  .meta({ id: 'FunctionHealth' });

export const getHealth = operation({
  name: 'getHealth',
  route: 'GET /healthz',
  summary: 'Whether every part works. `degraded`: trading goes on, payouts wait.',
  caller: 'anyone',
  success: { 200: Health, 503: Health },
  problems: [],
});

/** Whether one function starts and answers; what it needs is getHealth's to say. */
export const functionHealth = <const N extends string>(name: N) =>
  operation({
    name: `get${name[0]!.toUpperCase()}${name.slice(1)}Health`,
    route: `GET /healthz/${name}`,
    summary: `Whether the ${name} function answers.`,
    caller: 'anyone',
    success: { 200: FunctionHealth },
    problems: [],
  });

export const getAuthHealth = functionHealth('auth');
export const getOffersHealth = functionHealth('offers');
export const getTradesHealth = functionHealth('trades');
export const getWalletHealth = functionHealth('wallet');

export const getOpenApi = operation({
  name: 'getOpenApi',
  route: 'GET /openapi.json',
  summary: 'This document.',
  caller: 'anyone',
  success: { 200: z.looseObject({ openapi: z.string() }) },
  problems: [],
});

export const getDocs = operation({
  name: 'getDocs',
  route: 'GET /docs',
  summary: 'This document, for people.',
  caller: 'anyone',
  success: { 200: html },
  problems: [],
});
