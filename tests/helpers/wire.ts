import * as z from 'zod';
import { type Operation, successOf } from '#contract/operation.ts';

/**
 * The result of a use case in its wire form.
 * @throws if it does not fit the contract, also because of a field that the contract does not name
 */
export const onTheWire = (operation: Operation, result: unknown): unknown =>
  z.encode(successOf(operation).schema!, result);
