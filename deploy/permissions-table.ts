import type { Grant, Grants } from './grants.ts';

/** Whatever every function has of its own, and nobody else's. */
const isOwnLog = ({ on }: Grant, name: string) => on === `log group pupero-docs-${name}:*`;

/** The page docs/permissions.md: a line for each function and thing it may touch, for stage `docs`. */
export function permissionsTable(grants: Grants): string {
  const rows = Object.entries(grants)
    .sort(([one], [other]) => one.localeCompare(other))
    .flatMap(([name, all]) => rowsOf(name, all));
  return `# What each function may do

Made from the compiled template by \`npm run permissions\`; \`npm test\` compares it, and refuses any \`*\` but these.
Each function may also write to its own log group. \`on *\` is used only where AWS accepts nothing narrower: the network
interfaces of the functions that reach node and wallet (infra/network.yml). The function \`sandbox\` exists on regtest
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
