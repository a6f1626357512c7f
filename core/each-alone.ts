/**
 * Does `step` for each item, one after the other. One that fails holds up none of the others, so that a single broken
 * row does not stop a schedule for everybody.
 *
 * @param endsAll whether an error means that the others would fail, too (a part is away): it is thrown at once
 * @returns what failed, once all had their turn
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

/** @throws the failures, if there are any; several as one AggregateError */
export function throwFailures(failures: readonly unknown[]): void {
  if (failures.length > 1) throw new AggregateError(failures, `${failures.length} failed`);
  if (failures.length) throw failures[0];
}

/** As `failuresOf`, for those who need no more than that all had their turn. @throws as `throwFailures` */
export async function eachAlone<T>(
  items: readonly T[],
  step: (item: T) => Promise<unknown>,
  endsAll?: (error: unknown) => boolean,
): Promise<void> {
  throwFailures(await failuresOf(items, step, endsAll));
}
