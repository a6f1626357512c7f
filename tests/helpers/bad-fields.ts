import * as z from 'zod';
import type { Operation } from '#contract/operation.ts';

/** A part of a JSON schema of an input. */
type Schema = {
  type?: string | string[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  enum?: unknown[];
  const?: unknown;
  pattern?: string;
  format?: string;
  minimum?: number;
  minItems?: number;
  maxLength?: number;
  examples?: unknown[];
  $ref?: string;
  $defs?: Record<string, Schema>;
};

type Step = string | number;

/** A field of an input: where it is in a body that the contract accepts. */
export type Field = {
  /** Names of members and indexes of arrays. */
  path: readonly Step[];
  schema: Schema;
  isRequired: boolean;
  /** The body that has it. */
  body: unknown;
};

/** Texts for fields that take only some. Others take any short text. */
const TEXTS: readonly [RegExp, string][] = [
  [/^email$/, 'somebody@pupero.test'],
  [/fiat/i, '100.00'],
  [/xmr/i, '1'],
  [/^currency$/, 'EUR'],
  [/^until$/, '2099-01-01T00:00:00.000Z'],
  [/^username$/, 'made-up'],
  [/password/i, 'correct horse battery'],
  [/^limit$/, '1'],
  [/^hours$/, '24'],
];

const textFor = (name: string) => TEXTS.find(([names]) => names.test(name))?.[1] ?? 'x';

const resolved = (schema: Schema, defs: Schema['$defs']): Schema =>
  schema.$ref ? resolved(defs?.[schema.$ref.split('/').at(-1)!] ?? {}, defs) : schema;

/** Every way in which a value of a schema can look, with each field filled. */
function samples(given: Schema, name: string, defs: Schema['$defs']): unknown[] {
  const schema = resolved(given, defs);
  const branches = schema.oneOf ?? schema.anyOf;
  if (branches) {
    const some = branches.filter((branch) => branch.type !== 'null');
    return some.flatMap((branch) => samples(branch, name, defs));
  }
  if (schema.const !== undefined) return [schema.const];
  if (schema.enum) return [schema.enum[0]];
  switch (schema.type) {
    case 'object':
      return Object.entries(schema.properties ?? {}).reduce<object[]>(
        (objects, [key, part]) => {
          const values = samples(part, key, defs);
          // One object for each value of this member, with the first of the others.
          return values.flatMap((value, n) =>
            (n === 0 ? objects : objects.slice(0, 1)).map((object) => ({ ...object, [key]: value })),
          );
        },
        [{}],
      );
    case 'array':
      return samples(schema.items ?? {}, name, defs).map((value) => [value]);
    case 'integer':
    case 'number':
      return [Math.max(schema.minimum ?? 1, 1)];
    case 'boolean':
      return [true];
    default:
      return [textFor(name)];
  }
}

/** The fields of a schema that a body has, with those of its objects and arrays. */
function fieldsIn(
  given: Schema,
  value: unknown,
  defs: Schema['$defs'],
  path: readonly Step[],
): Omit<Field, 'body'>[] {
  const schema = resolved(given, defs);
  for (const branch of schema.oneOf ?? schema.anyOf ?? []) {
    const found = fieldsIn(branch, value, defs, path);
    const kind = resolved(branch, defs).properties?.kind?.const;
    const isIts = kind === undefined || kind === (value as { kind?: unknown } | undefined)?.kind;
    if (found.length > 0 && isIts) return found;
  }
  if (Array.isArray(value) && schema.items)
    return [
      { path: [...path, 0], schema: resolved(schema.items, defs), isRequired: false },
      ...fieldsIn(schema.items, value[0], defs, [...path, 0]),
    ];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(schema.properties ?? {})
    .filter(([key]) => Object.hasOwn(value, key))
    .flatMap(([key, part]) => [
      {
        path: [...path, key],
        schema: resolved(part, defs),
        isRequired: schema.required?.includes(key) ?? false,
      },
      ...fieldsIn(part, (value as Record<string, unknown>)[key], defs, [...path, key]),
    ]);
}

/** Members that exclude each other: a body has all but these, once for each list. */
const LEFT_OUT: Record<string, string[][]> = {
  startTrade: [['amountFiat'], ['amountXmr']],
  logInSecondFactor: [['passkey'], ['code']],
  quoteWithdrawal: [['max'], ['amountXmr']],
  requestWithdrawal: [['max'], ['amountXmr']],
};

const schemaOf = (schema: z.ZodType): Schema =>
  z.toJSONSchema(schema, { io: 'input', target: 'draft-2020-12', unrepresentable: 'any' }) as Schema;

/** Bodies that the contract accepts and that have every field between them. @throws if it refuses one */
export function bodiesOf({ name, body }: Operation): unknown[] {
  if (!body) return [];
  const schema = schemaOf(body);
  const all = samples(schema, name, schema.$defs) as Record<string, unknown>[];
  const kept = (LEFT_OUT[name] ?? [[]]).flatMap((left) =>
    all.map((one) => Object.fromEntries(Object.entries(one).filter(([key]) => !left.includes(key)))),
  );
  for (const one of kept) {
    const result = body.safeParse(one);
    if (!result.success)
      throw new Error(`${name}: add a text to TEXTS of bad-fields.ts\n${z.prettifyError(result.error)}`);
  }
  return kept;
}

/** The fields of an operation's body, each once. */
export function bodyFieldsOf(operation: Operation): Field[] {
  if (!operation.body) return [];
  const schema = schemaOf(operation.body);
  const found = new Map<string, Field>();
  for (const body of bodiesOf(operation))
    for (const field of fieldsIn(schema, body, schema.$defs, []))
      if (!found.has(field.path.join('.'))) found.set(field.path.join('.'), { ...field, body });
  return [...found.values()];
}

/** Every path that a schema declares, by another way than `bodyFieldsOf`, which needs a value for each. */
export function declaredPaths({ body }: Operation): string[] {
  if (!body) return [];
  const schema = schemaOf(body);
  const walk = (given: Schema, path: string): string[] => {
    const own = resolved(given, schema.$defs);
    const parts = Object.entries(own.properties ?? {});
    return [
      ...(own.oneOf ?? own.anyOf ?? []).flatMap((branch) => walk(branch, path)),
      ...(own.items ? [`${path}0`, ...walk(own.items, `${path}0.`)] : []),
      ...parts.flatMap(([key, part]) => [`${path}${key}`, ...walk(part, `${path}${key}.`)]),
    ];
  };
  return [...new Set(walk(schema, ''))].sort();
}

/** A body as JSON, with raw JSON in the place of a field. Undefined leaves the field out. */
export function withRaw({ body, path }: Field, raw: string | undefined): string {
  const MARK = '@@raw@@';
  const replaced = (value: unknown, [step, ...rest]: readonly Step[]): unknown => {
    if (step === undefined) return MARK;
    const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as Record<Step, unknown>;
    if (rest.length === 0 && raw === undefined) delete copy[step];
    else copy[step] = replaced(copy[step], rest);
    return copy;
  };
  return JSON.stringify(replaced(body, path)).replace(`"${MARK}"`, () => raw ?? '');
}

const LONG = 10_000;

/** Texts that are odd in any field, as JSON. */
const ODD_TEXTS: Record<string, string> = {
  empty: '""',
  spaces: '"   "',
  html: JSON.stringify('<script>alert(1)</script><img src=x onerror=alert(1)>'),
  bidi: '"a\\u202eb\\u2066c"',
  'half a surrogate pair': '"a\\ud800"',
  NUL: '"a\\u0000b"',
  emoji: JSON.stringify('👩‍👩‍👧‍👦🏳️‍🌈'),
  'ten thousand characters': JSON.stringify('x'.repeat(LONG)),
  'ten thousand emoji': JSON.stringify('😀'.repeat(LONG)),
  'line feeds': '"a\\r\\nb"',
  'a number in full width': '"１２"',
};

/** Values of all types, as JSON. */
const ODD_VALUES: Record<string, string> = {
  null: 'null',
  true: 'true',
  zero: '0',
  negative: '-1',
  float: '1.5',
  '1e400': '1e400',
  '-1e400': '-1e400',
  'a huge integer': '123456789012345678901234567890',
  'one above 2^53': '9007199254740993',
  '-0': '-0',
  'an empty object': '{}',
  'a key of the prototype': '{"__proto__":{"role":"admin"}}',
  'an empty array': '[]',
  'an array': '["x","x"]',
  'a nested array': '[[[[[[[[[[1]]]]]]]]]]',
  'a thousand items': `[${Array.from({ length: 1_000 }, () => '"x"').join()}]`,
};

/** What is sent in the place of a field, by name. */
export const BAD_VALUES: Record<string, string | undefined> = {
  missing: undefined,
  ...ODD_VALUES,
  ...ODD_TEXTS,
};

/** Texts for a query or path, already percent-encoded. */
export const BAD_PARAMETERS: Record<string, string> = {
  empty: '',
  space: '%20',
  html: encodeURIComponent('<script>alert(1)</script>'),
  bidi: encodeURIComponent('a\u202eb'),
  'half a surrogate pair': 'a%ed%a0%80',
  'no UTF-8': '%ff',
  NUL: 'a%00b',
  emoji: encodeURIComponent('👩‍👩‍👧‍👦'),
  'ten thousand characters': 'x'.repeat(LONG),
  zero: '0',
  negative: '-1',
  float: '1.5',
  '1e400': '1e400',
  'a huge integer': '123456789012345678901234567890',
  'a key of the prototype': '__proto__',
  'a path': '..%2f..%2fme',
};

/** Whether a value is of a type that a schema does not take, whatever the contract's own checks say. */
function isOfOtherType(schema: Schema, raw: string): boolean {
  const branches = schema.anyOf ?? schema.oneOf;
  if (branches) return branches.every((branch) => !branch.$ref && isOfOtherType(branch, raw));
  const value: unknown = JSON.parse(raw);
  switch (schema.type) {
    case 'string':
      return typeof value !== 'string';
    case 'boolean':
      return typeof value !== 'boolean';
    case 'integer':
    case 'number':
      return !Number.isFinite(value);
    case 'array':
      return !Array.isArray(value);
    case 'object':
      return typeof value !== 'object' || value === null || Array.isArray(value);
    case 'null':
      return value !== null;
    default:
      return false;
  }
}

/** Whether the API must refuse a body in which a field has this value. */
export function mustRefuse(op: Operation, field: Field, raw: string | undefined, body: string): boolean {
  if (raw === undefined) return field.isRequired || !op.body?.safeParse(JSON.parse(body)).success;
  const isLong = raw.length > LONG && raw.startsWith('"') && (field.schema.maxLength ?? 0) < LONG;
  return (
    raw === ODD_VALUES['a key of the prototype'] ||
    raw === ODD_TEXTS['half a surrogate pair'] ||
    isLong ||
    isOfOtherType(field.schema, raw) ||
    !op.body?.safeParse(JSON.parse(body)).success
  );
}
