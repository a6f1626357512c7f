import { type AnyOperation, operations } from './index.ts';
import { shapeOf } from './operation.ts';
import type { RequestShape } from './request.ts';

/** The request shape of each operation, without its schemas. The site's build replaces this module with its value. */
export const ROUTES = Object.fromEntries(
  operations.map((operation) => [operation.name, shapeOf(operation)]),
) as { readonly [N in AnyOperation['name']]: RequestShape };
