import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { operations } from '#contract/index.ts';
import { servedDocument } from '#tests/helpers/declared.ts';

type Functions = Record<string, { events?: { httpApi?: string }[] }>;

/** Every route that a function is deployed with, but the one for all that is not declared. */
function deployedRoutes(): string[] {
  const folders = readdirSync('functions', { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const declarations = folders
    .filter(({ name }) => readdirSync(`functions/${name}`).includes('functions.yml'))
    .flatMap(({ name }) => {
      const source = readFileSync(`functions/${name}/functions.yml`, 'utf8').replaceAll(
        /!(GetAtt|Ref) /g,
        '',
      );
      return Object.values(parse(source) as Functions);
    });
  const routes = declarations.flatMap(({ events = [] }) => events.map(({ httpApi }) => httpApi ?? ''));
  return routes.filter((route) => route && route !== '*').sort();
}

test('what is declared is deployed, and what is deployed is declared', () => {
  expect(deployedRoutes()).toEqual(operations.map(({ route }) => route).sort());
});

test('the document that is served names every operation once', async () => {
  const { paths } = await servedDocument();
  const served = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { operationId }]) => [
      operationId,
      `${method.toUpperCase()} ${path}`,
    ]),
  );
  expect(Object.fromEntries(served)).toEqual(
    Object.fromEntries(operations.map(({ name, route }) => [name, route])),
  );
  expect(served).toHaveLength(operations.length);
});
