import * as z from 'zod';
import { HALTS } from '#core/halts/states.ts';
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
      .array(
        z.strictObject({
          code: z.enum(['old_monero', 'halted']),
          halt: z.enum(HALTS).optional().meta({ description: 'What is halted' }),
          message: z.string().meta({ description: 'Of a halt: the reason that the admin wrote' }),
        }),
      )
      .optional()
      .meta({ description: '`status` does not depend on them.' }),
  })
  .meta({ id: 'Health' });

export const getHealth = operation({
  name: 'getHealth',
  route: 'GET /healthz',
  summary: 'Whether every part works. `degraded`: trading goes on, payouts wait.',
  caller: 'anyone',
  success: { 200: Health, 503: Health },
  problems: [],
});

const Jwk = z
  .strictObject({
    kty: z.literal('OKP'),
    crv: z.literal('Ed25519'),
    x: z.string(),
    kid: z
      .string()
      .meta({ description: 'Thumbprint of the key (RFC 7638); tokens name it in their header.' }),
    alg: z.literal('EdDSA'),
    use: z.literal('sig'),
  })
  .meta({ id: 'Jwk' });

export const getJwks = operation({
  name: 'getJwks',
  route: 'GET /.well-known/jwks.json',
  summary: 'The public keys of access tokens that are accepted now (RFC 7517).',
  caller: 'anyone',
  success: { 200: z.strictObject({ keys: z.array(Jwk) }).meta({ id: 'JwkSet' }) },
  problems: [],
});

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
  summary: 'This document as a page.',
  caller: 'anyone',
  success: { 200: html },
  problems: [],
});
