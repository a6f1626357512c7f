type Served = { name: string; route: string };

/** Operations that no function serves, or more than one, and routes that are no operation's, a line each. */
export function routeFaults(
  operations: readonly Served[],
  routes: Record<string, readonly string[]>,
): string[] {
  const serving = (route: string) => Object.keys(routes).filter((name) => routes[name]!.includes(route));
  const known = new Set(operations.map(({ route }) => route));
  return [
    ...operations.flatMap(({ name, route }) => {
      const functions = serving(route);
      if (functions.length === 1) return [];
      const fault = functions.length === 0 ? 'no function serves it' : `${functions.join(' and ')} serve it`;
      return [`${name} (${route}): ${fault}; see functions/*/functions.ts`];
    }),
    ...Object.entries(routes).flatMap(([name, own]) =>
      own
        .filter((route) => !known.has(route))
        .map((route) => `${name}: ${route} is no operation of the contract`),
    ),
  ];
}
