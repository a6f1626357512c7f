/**
 * Does `step` for each item, one after the other. One that fails holds up none of the others, so that a single broken
 * row does not stop a schedule for everybody.
 *
 * @param endsAll whether an error means that the others would fail, too (a part is away): it is thrown at once
 * @throws what failed, once all had their turn; several failures as one AggregateError
 */
export async function eachAlone<T>(
  items: readonly T[],
  step: (item: T) => Promise<unknown>,
  endsAll: (error: unknown) => boolean = () => false,
): Promise<void> {
  const failures: unknown[] = [];
  for (const item of items) {
    try {
      await step(item);
    } catch (error) {
      if (endsAll(error)) throw error;
      failures.push(error);
    }
  }
  if (failures.length > 1) throw new AggregateError(failures, `${failures.length} of ${items.length} failed`);
  if (failures.length) throw failures[0];
}
