import Ajv from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { theSandbox } from './sandbox.ts';

type Declaration = { operationId: string; responses: Record<string, { content?: Record<string, unknown> }> };
type Document = { paths: Record<string, Record<string, Declaration>> };
export type ReceivedResponse = { status: number; type: string; body: unknown; headers: Headers };

let checker:
  | Promise<(method: string, path: string, answer: ReceivedResponse) => string | undefined>
  | undefined;

/** @throws an Error if a response does not fit its declaration in `GET /openapi.json` of the running API */
export async function expectDeclared(method: string, path: string, answer: ReceivedResponse): Promise<void> {
  checker ??= servedDocument().then(checkerOf);
  const fault = (await checker)(method.toLowerCase(), path.split('?')[0] ?? '', answer);
  const shown = JSON.stringify(answer.body)?.slice(0, 1000);
  if (fault) throw new Error(`${method} ${path} answered ${answer.status}: ${fault}\n${shown}`);
}

/** The OpenAPI document that the running API serves. */
export async function servedDocument(): Promise<Document> {
  const response = await fetch(`${theSandbox().apiUrl}/openapi.json`);
  if (!response.ok) throw new Error(`GET /openapi.json answered ${response.status}`);
  return response.json() as Promise<Document>;
}

/** Headers that a status requires (RFC 9110, sections 15.5.2 and 15.5.6). */
const NEEDED: Record<number, string[]> = { 401: ['www-authenticate'], 405: ['allow'] };

function checkerOf(document: Document) {
  const ajv = new Ajv.default({ strict: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addSchema(document, 'api');
  const schemaFault = (steps: string[], body: unknown) => {
    const pointer = steps.map((step) => `/${step.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
    const validate = ajv.getSchema(`api#${pointer}`);
    if (!validate) return `there is no schema at ${pointer}`;
    return validate(body) ? undefined : ajv.errorsText(validate.errors, { separator: '\n' });
  };
  return (
    method: string,
    path: string,
    { status, type, body, headers }: ReceivedResponse,
  ): string | undefined => {
    for (const name of ['x-request-id', ...(NEEDED[status] ?? [])])
      if (!headers.get(name)) return `it has no ${name}`;
    const template = templateOf(path, Object.keys(document.paths));
    const declared = document.paths[template]?.[method];
    if (!declared) {
      const expected = template ? 405 : 404;
      if (status !== expected) return `an undeclared route answers ${expected}`;
      return schemaFault(['components', 'schemas', 'Problem'], body);
    }
    const response = declared.responses[status];
    if (!response) return `${declared.operationId} declares no such status`;
    const types = Object.keys(response.content ?? {});
    if (types.length === 0) return body === undefined ? undefined : 'it declares no body';
    if (!types.includes(type)) return `its content type is ${type || 'none'}, not ${types.join(', ')}`;
    return schemaFault(
      ['paths', template, method, 'responses', `${status}`, 'content', type, 'schema'],
      body,
    );
  };
}

/** The declared path that fits, preferring one without parameters; empty if none fits. */
function templateOf(path: string, templates: string[]): string {
  if (templates.includes(path)) return path;
  const fits = (template: string) =>
    new RegExp(`^${template.replaceAll('.', '[.]').replace(/\{\w+\}/g, '[^/]+')}$`).test(path);
  return templates.find(fits) ?? '';
}
