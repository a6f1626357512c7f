type Counted = { name: string; route: string };

/** The operation of a label such as `updateOffer, its price`. */
const operationIn = (label: string) => label.split(',', 1)[0]!;

/**
 * One line for each operation without an expected cost, and for each operation that may write and has no least cost.
 *
 * @param costs labels of bench/expected/cost.json
 * @param least labels of bench/cost/least.ts
 */
export function missingCosts(
  operations: readonly Counted[],
  costs: readonly string[],
  least: readonly string[],
): string[] {
  const [counted, compared] = [new Set(costs.map(operationIn)), new Set(least.map(operationIn))];
  return operations.flatMap(({ name, route }) => [
    ...(counted.has(name)
      ? []
      : [`${name}: add it to bench/cost/story.ts, then npm run bench -- cost --accept`]),
    ...(route.startsWith('GET ') || compared.has(name)
      ? []
      : [`${name}: name in bench/cost/least.ts what it must write, or {}`]),
  ]);
}
