import { operations } from '#contract/index.ts';
import { servedDocument } from '#tests/helpers/declared.ts';

test('the served document names every operation once', async () => {
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
