/**
 * Runs `step` for each item, one after the other. A failed item does not stop the others, so that one broken row does
 * not stop a schedule for everybody.
 *
 * @param endsAll whether an error would repeat for every other item, as when a part is unavailable; it is thrown at
 *   once
 * @returns the errors of single items
 */
export async function failuresOf<T>(
  items: readonly T[],
  step: (item: T) => Promise<unknown>,
  endsAll: (error: unknown) => boolean = () => false,
): Promise<unknown[]> {
  const failures: unknown[] = [];
  for (const item of items) {
    try {
      await step(item);
    } catch (error) {
      if (endsAll(error)) throw error;
      failures.push(error);
    }
  }
  return failures;
}

/** @throws the error of a single failure, or an AggregateError of several */
export function throwFailures(failures: readonly unknown[]): void {
  if (failures.length > 1) throw new AggregateError(failures, `${failures.length} failed`);
  if (failures.length) throw failures[0];
}

/** `failuresOf`, and then `throwFailures`. */
export async function forEachIsolated<T>(
  items: readonly T[],
  step: (item: T) => Promise<unknown>,
  endsAll?: (error: unknown) => boolean,
): Promise<void> {
  throwFailures(await failuresOf(items, step, endsAll));
}
