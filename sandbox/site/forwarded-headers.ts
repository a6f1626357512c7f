import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { isIP } from 'node:net';

type Trust = { edgeKey: string | undefined; trustsProxy: boolean };

/**
 * The headers of a request on its way to the API: without hop-by-hop headers, because each side has its own connection,
 * and with the client's address. A client's own headers of these names are dropped.
 */
export function headersForTheApi(incoming: IncomingMessage, trust: Trust): IncomingHttpHeaders {
  const {
    connection,
    'keep-alive': keepAlive,
    'x-pupero-edge-key': forgedKey,
    'x-pupero-client-address': forgedAddress,
    ...headers
  } = incoming.headers;
  const address = clientOf(incoming, trust.trustsProxy);
  if (!trust.edgeKey || !address) return headers;
  return { ...headers, 'x-pupero-edge-key': trust.edgeKey, 'x-pupero-client-address': address };
}

/** Only the last entry is trusted, because the proxy added it; a client may forge those before it. */
function clientOf({ headers, socket }: IncomingMessage, trustsProxy: boolean): string | undefined {
  const forwarded = trustsProxy && [headers['x-forwarded-for']].flat().join().split(',').at(-1)?.trim();
  return forwarded && isIP(forwarded) ? forwarded : socket.remoteAddress;
}
