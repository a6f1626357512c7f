import { expectDeclared, type ReceivedResponse } from './declared.ts';
import { theSandbox } from './sandbox.ts';

type Asking = { headers?: Record<string, string>; body?: string };

/**
 * Sends one request to the API, and checks the response against the OpenAPI document. `body` of the response is parsed
 * JSON, other text, or undefined if it is empty.
 */
export async function exchange(
  method: string,
  path: string,
  { headers, body }: Asking = {},
): Promise<ReceivedResponse> {
  const signal = AbortSignal.timeout(60_000);
  const response = await fetch(`${theSandbox().apiUrl}${path}`, { method, headers, body, signal });
  const type = response.headers.get('content-type')?.split(';')[0] ?? '';
  const text = await response.text();
  const { status } = response;
  const answer = { status, type, body: text ? parsed(text, type) : undefined, headers: response.headers };
  await expectDeclared(method, path, answer);
  return answer;
}

const parsed = (text: string, type: string) => (type.endsWith('json') ? JSON.parse(text) : text);
