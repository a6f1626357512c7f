import { escapedHtml } from '#core/escaped-html.ts';

type Json = Record<string, unknown>;
type Described = {
  summary: string;
  security: Json[];
  parameters: { name: string; in: string; required: boolean }[];
  requestBody?: { content: Record<string, { schema: Json }> };
  responses: Record<string, { description: string; content?: Record<string, { schema: Json }> }>;
};

const STYLE = `
  :root { color-scheme: light dark; font: 16px/1.55 system-ui, sans-serif; }
  body { max-width: 60rem; margin: 0 auto; padding: 2rem 1rem; }
  section { border-top: 1px solid #8885; padding: .5rem 0; }
  h2 { margin-top: 3rem; text-transform: capitalize; } h3 { font-size: 1rem; margin: .5rem 0; }
  code, pre { font: 14px/1.5 ui-monospace, monospace; } pre { overflow: auto; padding: 1rem; background: #8881; }
  .method { display: inline-block; min-width: 4.5rem; font-weight: 700; color: #d9541e; }
`;

/** A schema as people read it: links to named ones, JSON for the rest. */
function shown(schema: Json | undefined): string {
  const ref = schema?.$ref;
  if (typeof ref !== 'string') return `<pre>${escapedHtml(JSON.stringify(schema, null, 2) ?? '')}</pre>`;
  const name = ref.split('/').at(-1)!;
  return `<a href="#${name}">${name}</a>`;
}

const firstSchema = (content: Record<string, { schema: Json }> | undefined) =>
  Object.values(content ?? {})[0]?.schema;

function operationSection(method: string, path: string, op: Described & { operationId: string }): string {
  const parameters = op.parameters.map(
    ({ name, in: where, required }) =>
      `<li><code>${escapedHtml(name)}</code> in ${where}${required ? ', required' : ''}</li>`,
  );
  const answers = Object.entries(op.responses).map(([status, { description, content }]) => {
    const body = status < '400' && content ? `: ${shown(firstSchema(content))}` : '';
    return `<li><code>${status}</code> ${escapedHtml(description)}${body}</li>`;
  });
  const signedIn = op.security.length ? ' Needs a signed-in caller.' : '';
  return `<section id="${op.operationId}">
    <h3><span class="method">${method.toUpperCase()}</span> <code>${escapedHtml(path)}</code> ${op.operationId}</h3>
    <p>${escapedHtml(op.summary)}${signedIn}</p>
    ${parameters.length ? `<ul>${parameters.join('')}</ul>` : ''}
    ${op.requestBody ? `<details><summary>Body</summary>${shown(firstSchema(op.requestBody.content))}</details>` : ''}
    <details><summary>Answers</summary><ul>${answers.join('')}</ul></details>
  </section>`;
}

/** The OpenAPI document as one page without scripts, for people who want to read it. */
export function docsPage(document: Json): string {
  const paths = document.paths as Record<
    string,
    Record<string, Described & { operationId: string; tags: string[] }>
  >;
  const groups = new Map<string, string[]>();
  for (const [path, methods] of Object.entries(paths)) {
    for (const [method, op] of Object.entries(methods)) {
      const tag = op.tags[0] ?? '';
      groups.set(tag, [...(groups.get(tag) ?? []), operationSection(method, path, op)]);
    }
  }
  const schemas = (document.components as { schemas: Record<string, Json> }).schemas;
  const named = Object.entries(schemas).map(
    ([name, schema]) => `<section id="${name}"><h3>${name}</h3>${shown(schema)}</section>`,
  );
  const sections = [...groups].map(([tag, ops]) => `<h2>${escapedHtml(tag)}</h2>${ops.join('')}`);
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Pupero API</title>
    <meta name="viewport" content="width=device-width"><style>${STYLE}</style></head><body>
    <h1>Pupero API</h1><p>For programs: <a href="openapi.json">openapi.json</a> (OpenAPI 3.1).</p>
    ${sections.join('')}<h2>Schemas</h2>${named.join('')}</body></html>`;
}
