import { globSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';

/** CloudFormation's own tags are kept as their text. */
const customTags = ['!GetAtt', '!Sub', '!Ref'].map((tag) => ({ tag, resolve: (value: string) => value }));
const read = (file: string) => parse(readFileSync(file, 'utf8'), { customTags });

type Statement = { Effect: string; Action: string | string[]; Resource: string | string[] };
type Function = { role: string; environment: Record<string, string> };
const functions: Record<string, Function> = Object.assign(
  {},
  ...globSync('functions/*/functions.yml').map(read),
);
const roles = Object.assign({}, ...globSync('infra/roles/*.yml').map((file) => read(file).Resources));

const listed = (value: string | string[]) => [value].flat();
const grantsOf = ({ role }: Function) =>
  (roles[role].Properties.Policies as { PolicyDocument: { Statement: Statement[] } }[])
    .flatMap(({ PolicyDocument }) => PolicyDocument.Statement)
    .flatMap(({ Action, Resource }) =>
      listed(Action).flatMap((action) => listed(Resource).map((resource) => ({ action, resource }))),
    );
/** `${TradesTable.Arn}/index/by-buyer` and `TradesTable.Arn`: TRADES_TABLE, as the function is told of it. */
const tableIn = (resource: string) =>
  /(\w+)Table\.Arn/
    .exec(resource)?.[1]
    ?.replace(/(?<=[a-z])(?=[A-Z])/g, '_')
    .toUpperCase()
    .concat('_TABLE');

/** What a function is told of because its code takes it together with others, and has no business in. */
const TOLD_ONLY: Record<string, string[]> = {
  system: ['SESSIONS_TABLE'],
  expireTrades: ['OFFERS_TABLE', 'PEOPLE_TABLE'],
};

test('each function has a role, and each role a function', () => {
  expect(
    Object.values(functions)
      .map(({ role }) => role)
      .sort(),
  ).toEqual(Object.keys(roles).sort());
});

describe.each(Object.entries(functions))('the role of %s', (name, declared) => {
  const grants = grantsOf(declared);

  test('reaches the tables that the function is told of, and no others', () => {
    const told = Object.keys(declared.environment).filter((variable) => variable.endsWith('_TABLE'));
    const reached = new Set(grants.map(({ resource }) => tableIn(resource)).filter(Boolean));
    expect([...reached].sort()).toEqual(told.filter((table) => !TOLD_ONLY[name]?.includes(table)).sort());
  });

  test('names every action; an index may only be queried, a whole table never', () => {
    for (const { action, resource } of grants) {
      expect(action).not.toMatch(/\*|Scan$/);
      if (action.startsWith('dynamodb:')) {
        expect({ action, onIndex: resource.includes('/index/') }).toEqual({
          action,
          onIndex: action === 'dynamodb:Query',
        });
      }
    }
  });
});
