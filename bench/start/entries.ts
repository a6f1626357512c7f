import { declaredFunctions, sourceOf } from '#infra/service.ts';

/** The source file of each function, by its name. */
export const functionEntries = (): Map<string, string> =>
  new Map(Object.entries(declaredFunctions).map(([name, declaration]) => [name, sourceOf(declaration)]));
