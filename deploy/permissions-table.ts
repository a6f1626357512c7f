import type { Grant, Grants } from './grants.ts';

/** Whether the resource is the function's own log group, which every function has. */
const isOwnLog = ({ on }: Grant, name: string) => on === `log group pupero-docs-${name}:*`;

/** The page docs/permissions.md: a line for each function and resource, for stage `docs`. */
export function permissionsTable(grants: Grants): string {
  const rows = Object.entries(grants)
    .sort(([one], [other]) => one.localeCompare(other))
    .flatMap(([name, all]) => rowsOf(name, all));
  return `# Grants of each function

\`npm run permissions\` makes this page from the compiled template. \`npm test\` compares it, and refuses any other \`*\`.
Each function also writes to its own log group. \`on *\` is only for the network interfaces of the functions that reach
node and wallet (infra/network.yml), because AWS accepts nothing narrower. The function \`sandbox\` exists on regtest
only.

| function | on | actions |
|---|---|---|
${rows.join('\n')}
`;
}

function rowsOf(name: string, grants: Grant[]): string[] {
  const byThing = new Map<string, string[]>();
  for (const grant of grants) {
    if (isOwnLog(grant, name)) continue;
    byThing.set(grant.on, [...(byThing.get(grant.on) ?? []), grant.action]);
  }
  return [...byThing].map(([on, actions]) => `| ${name} | ${on} | ${actions.sort().join(', ')} |`);
}
