import { randomUUID } from 'node:crypto';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { type ApiClient, apiClient, type Transport } from '#contract/client.ts';
import { withKnownAnswers } from '#contract/known-answers.ts';
import type { RequestShape } from '#contract/request.ts';
import type { LoadedFunctions } from './functions.ts';

/** Token and cookie that a browser keeps between two requests. */
type Keys = { accessToken?: string; refreshCookie?: string };

/** A client that calls the functions as the gateway would, with its own credentials. */
export type Caller = ApiClient & { keys: Keys };

/**
 * @param address source address of the requests, by which throttles count
 * @param siteOrigin `Origin` of the site's own requests
 */
export function callerAt(functions: LoadedFunctions, address: string, siteOrigin: string): Caller {
  const keys: Keys = {};
  const transport: Transport = withKnownAnswers(async (request) => {
    const event = eventOf(request, { address, keys, siteOrigin });
    const { statusCode = 500, body, cookies, headers } = await functions.http(event);
    const parsed = body?.startsWith('{') ? JSON.parse(body) : body;
    if (cookies?.[0]) keys.refreshCookie = cookies[0].split(';')[0];
    if (typeof parsed?.accessToken === 'string') keys.accessToken = parsed.accessToken;
    return { status: statusCode, body: parsed, ...(headers?.etag && { etag: String(headers.etag) }) };
  });
  return { ...apiClient(transport), keys };
}

/** Options with a new idempotency key. */
export const aKey = () => ({ idempotencyKey: randomUUID() });

type From = { address: string; keys: Keys; siteOrigin: string };

function credentialsFor({ caller }: RequestShape, { keys, siteOrigin }: From): Record<string, string> {
  if (caller === 'refresh_cookie') return { origin: siteOrigin, cookie: keys.refreshCookie ?? '' };
  return caller === 'account' && keys.accessToken ? { authorization: `Bearer ${keys.accessToken}` } : {};
}

/** The event that API Gateway makes of a request (payload format 2.0), with the fields that the functions read. */
function eventOf({ operation, path, headers, body }: Parameters<Transport>[0], from: From) {
  const { pathname, searchParams } = new URL(path, 'http://gateway');
  const query = Object.fromEntries(searchParams);
  return {
    version: '2.0',
    routeKey: operation.route,
    rawPath: pathname,
    rawQueryString: searchParams.toString(),
    headers: { ...headers, ...credentialsFor(operation, from) },
    ...(Object.keys(query).length > 0 && { queryStringParameters: query }),
    pathParameters: parametersOf(operation.route.split(' ')[1]!, pathname),
    requestContext: { http: { sourceIp: from.address } },
    body,
    isBase64Encoded: false,
  } as unknown as APIGatewayProxyEventV2;
}

function parametersOf(template: string, pathname: string): Record<string, string> {
  const values = pathname.split('/');
  const named = template.split('/').flatMap((step, at) => {
    const [, name] = /^\{(\w+)\}$/.exec(step) ?? [];
    return name ? [[name, decodeURIComponent(values[at]!)]] : [];
  });
  return Object.fromEntries(named);
}
