/** The parts of an operation that a client needs, without its schemas. */
export type RequestShape = {
  route: string;
  caller: 'anyone' | 'account' | 'refresh_cookie';
  /** Whether the operation takes a JSON body. */
  hasBody: boolean;
  /** The statuses of its successes. */
  successes: number[];
};

export type ApiRequest = {
  method: string;
  /** Path and query, below the API's base. */
  path: string;
  headers: Record<string, string>;
  body?: string;
};

/** The request for an operation: fills the path, and puts the rest of the input into the body or the query. */
export function requestOf(
  { route, hasBody }: RequestShape,
  input: Record<string, unknown>,
  idempotencyKey?: string,
): ApiRequest {
  const [method = '', template = ''] = route.split(' ');
  const rest = { ...input };
  const path = template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = rest[name];
    delete rest[name];
    return encodeURIComponent(String(value));
  });
  const headers: Record<string, string> = idempotencyKey ? { 'idempotency-key': idempotencyKey } : {};
  if (hasBody) {
    headers['content-type'] = 'application/json';
    return { method, path, headers, body: JSON.stringify(rest) };
  }
  const given = Object.entries(rest).filter(([, value]) => value !== undefined && value !== '');
  const query = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
  return { method, path: query ? `${path}?${query}` : path, headers };
}
