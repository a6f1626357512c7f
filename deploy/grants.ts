/** One permission: an action of AWS and its resource. */
export type Grant = { action: string; on: string };
/** Permissions by the function's short name. */
export type Grants = Record<string, Grant[]>;

type Join = { 'Fn::Join': [string, unknown[]] };
type Value = string | { Ref: string } | { 'Fn::GetAtt': [string, string] } | { 'Fn::Sub': string } | Join;
type Statement = { Effect: string; Action: string | string[]; Resource: Value | Value[] };
type Role = {
  Policies?: { PolicyDocument: { Statement: Statement[] } }[];
  ManagedPolicyArns?: unknown[];
};
type Function = { FunctionName: string; Role: { 'Fn::GetAtt': [string, string] } };
/** The part of a compiled CloudFormation template that is read here. */
export type Template = { Resources: Record<string, { Type: string; Properties: unknown }> };

/**
 * The permissions that a template grants.
 * @throws an Error for a managed policy or a denial, because neither would appear in the result
 */
export function grantsOf({ Resources }: Template): Grants {
  const functions = Object.values(Resources).filter(({ Type }) => Type === 'AWS::Lambda::Function');
  const entries = functions.map(({ Properties }) => {
    const { FunctionName, Role } = Properties as Function;
    const [roleName] = Role['Fn::GetAtt'];
    return [FunctionName.split('-').at(-1)!, roleGrants(roleName, Resources[roleName]!.Properties as Role)];
  });
  return Object.fromEntries(entries);
}

function roleGrants(name: string, { Policies = [], ManagedPolicyArns = [] }: Role): Grant[] {
  const statements = Policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
  if (ManagedPolicyArns.length > 0 || statements.some(({ Effect }) => Effect !== 'Allow'))
    throw new Error(`${name} has a managed policy or a denial: declare its grants in its functions.ts.`);
  return statements.flatMap(({ Action, Resource }) =>
    [Action].flat().flatMap((action) => [Resource].flat().map((one) => ({ action, on: nameOf(one) }))),
  );
}

/** `LedgerTable`, `OffersTable/index/by-price`, `PayoutQueue`, `secret CURSOR_KEY`, `own log group`, `*`. */
function nameOf(resource: Value): string {
  if (typeof resource === 'string') return resource;
  if ('Fn::GetAtt' in resource) return resource['Fn::GetAtt'][0];
  if (!('Fn::Sub' in resource)) return JSON.stringify(resource);
  const text = resource['Fn::Sub'];
  if (/:log-group:\/aws\/lambda\/[\w-]+:\*$/.test(text)) return `log group ${text.split('/').at(-1)}`;
  // The stage is left out, because each stage has an API of its own.
  const [, connections] =
    /:execute-api:.*:\$\{(WebsocketsApi)\}\/[\w-]+\/POST\/@connections\/\*$/.exec(text) ?? [];
  if (connections) return `${connections}/@connections/*`;
  const [, secret] = /:parameter\/pupero\/[\w-]+\/(\w+)$/.exec(text) ?? [];
  return secret ? `secret ${secret}` : text.replace(/^\$\{(\w+)\.Arn\}/, '$1');
}
