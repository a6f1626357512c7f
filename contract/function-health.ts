import * as z from 'zod';
import { operation } from './operation.ts';

const FunctionHealth = z
  .strictObject({ status: z.enum(['ok']), function: z.string(), version: z.string() })
  .meta({ id: 'FunctionHealth' });

/** Whether one function starts and answers. The parts that it needs are reported by getHealth. */
export const functionHealth = <const N extends string>(name: N) =>
  operation({
    name: `get${name[0]!.toUpperCase()}${name.slice(1)}Health` as `get${Capitalize<N>}Health`,
    route: `GET /healthz/${name}`,
    summary: `Whether the ${name} function answers.`,
    caller: 'anyone',
    success: { 200: FunctionHealth },
    problems: [],
  });
