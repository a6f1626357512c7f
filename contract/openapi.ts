import * as z from 'zod';
import { html, mayLackBody, methodAndPath, type Operation, usualProblems } from './operation.ts';
import { PROBLEMS, type ProblemCode } from './problems.ts';

type Json = Record<string, unknown>;

const ref = (component: string) => ({ $ref: `#/components/schemas/${component}` });

const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.enum(Object.keys(PROBLEMS) as [ProblemCode, ...ProblemCode[]]),
    requestId: z.string(),
    detail: z.string().optional(),
    errors: z.array(z.strictObject({ path: z.string(), message: z.string() })).optional(),
    state: z.string().optional(),
  })
  .strict()
  .meta({ id: 'Problem', description: 'RFC 9457' });

/** Requests and responses are described in wire form, which is a codec's input. Named schemas move to `components`. */
function wireSchema(schema: z.ZodType, components: Json): Json {
  const {
    $schema: _,
    $defs,
    ...own
  } = z.toJSONSchema(schema, { io: 'input', target: 'draft-2020-12' }) as Json;
  const moved = JSON.parse(
    JSON.stringify({ own, $defs: $defs ?? {} }).replaceAll('#/$defs/', '#/components/schemas/'),
  );
  for (const [name, definition] of Object.entries<Json>(moved.$defs)) {
    const { id: _id, ...rest } = definition;
    components[name] = rest;
  }
  const { id: name, ...rest } = moved.own;
  if (typeof name !== 'string') return moved.own;
  components[name] = rest;
  return ref(name);
}

function parameters(op: Operation, components: Json) {
  const of = (where: 'path' | 'query') =>
    Object.entries(op[where]?.shape ?? {}).map(([name, schema]) => ({
      name,
      in: where,
      required: where === 'path',
      schema: wireSchema(schema as z.ZodType, components),
    }));
  const key = {
    name: 'Idempotency-Key',
    in: 'header',
    required: true,
    schema: { type: 'string', pattern: '^[\\x21-\\x7e]{1,64}$' },
  };
  const known = { name: 'If-None-Match', in: 'header', required: false, schema: { type: 'string' } };
  return [...of('path'), ...of('query'), ...(op.keyed ? [key] : []), ...(op.versionedBy ? [known] : [])];
}

const contentOf = (schema: z.ZodType, components: Json) =>
  schema === html
    ? { 'text/html': { schema: { type: 'string' } } }
    : { 'application/json': { schema: wireSchema(schema, components) } };

const CHALLENGE = { description: '`Bearer` (RFC 6750)', schema: { type: 'string' } };

const ETag = { description: 'The version of the body', schema: { type: 'string' } };

function responses(op: Operation, components: Json) {
  const byStatus: Record<string, Json> = {};
  for (const code of new Set([...usualProblems(op), ...op.problems])) {
    const [problemStatus] = PROBLEMS[code];
    const known = byStatus[problemStatus]?.description;
    byStatus[problemStatus] = {
      description: known ? `${known}, \`${code}\`` : `\`${code}\``,
      content: { 'application/problem+json': { schema: ref('Problem') } },
      ...(problemStatus === 401 && { headers: { 'WWW-Authenticate': CHALLENGE } }),
    };
  }
  for (const [status, schema] of Object.entries(op.success)) {
    byStatus[status] = {
      description: 'Done',
      ...(schema && { content: contentOf(schema, components) }),
      ...(op.versionedBy && { headers: { ETag } }),
    };
  }
  if (op.versionedBy) byStatus[304] = { description: 'As in `If-None-Match`', headers: { ETag } };
  return byStatus;
}

function describe(op: Operation, components: Json) {
  const security = { anyone: [], account: [{ accessToken: [] }], refresh_cookie: [{ refreshCookie: [] }] };
  return {
    operationId: op.name,
    summary: op.summary,
    tags: [methodAndPath(op).path.split('/')[1]],
    security: security[op.caller],
    parameters: parameters(op, components),
    ...(op.body && {
      requestBody: {
        required: !mayLackBody(op),
        content: { 'application/json': { schema: wireSchema(op.body, components) } },
      },
    }),
    responses: responses(op, components),
  };
}

/** The OpenAPI 3.1 document of the given operations, made from the contract and nothing else. */
export function openApi(version: string, operations: readonly Operation[]): Json {
  const components: Json = {};
  wireSchema(Problem, components);
  const paths: Record<string, Json> = {};
  for (const op of operations) {
    const { method, path } = methodAndPath(op);
    paths[path] = { ...paths[path], [method.toLowerCase()]: describe(op, components) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Pupero',
      version,
      description:
        'Peer-to-peer trading of Monero, in a sandbox. Amounts are decimal strings, never numbers.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    paths,
    components: {
      schemas: components,
      securitySchemes: {
        accessToken: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
        refreshCookie: { type: 'apiKey', in: 'cookie', name: '__Host-refresh' },
      },
    },
  };
}
