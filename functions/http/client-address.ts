import { createHash, timingSafeEqual } from 'node:crypto';
import { isIP } from 'node:net';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';

/** Of digests, so that neither content nor length of the key shows in the time it takes. */
function isSame(given: string, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}

/**
 * Tells the address a request came from. What hands requests on to the gateway (CloudFront, the site's own server)
 * says in `x-pupero-client-address` for whom, and shows in `x-pupero-edge-key` that it may be believed; from anybody
 * else both headers mean nothing, and the address that the gateway saw counts.
 *
 * @param edgeKey the key that only our own front knows; without one nobody is believed
 */
export function clientAddresses(edgeKey: string | undefined) {
  return ({ headers, requestContext }: APIGatewayProxyEventV2): string => {
    const { 'x-pupero-edge-key': key, 'x-pupero-client-address': address = '' } = headers;
    const isOurFront = edgeKey !== undefined && key !== undefined && isSame(key, edgeKey);
    return isOurFront && isIP(address) ? address : requestContext.http.sourceIp;
  };
}

export type ClientAddress = ReturnType<typeof clientAddresses>;
