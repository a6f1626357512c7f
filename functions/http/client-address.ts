import { createHash, timingSafeEqual } from 'node:crypto';
import { isIP } from 'node:net';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';

/** Compares digests, so that the time reveals neither content nor length of the key. */
function isSame(given: string, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}

/**
 * The address of the client. Our front (CloudFront, or the site's server) names it in `x-pupero-client-address`, and
 * proves itself by `x-pupero-edge-key`. Without a right key the headers are ignored, and the address is the one that
 * the gateway saw.
 *
 * @param edgeKey the key of our front. Without one the headers are always ignored
 */
export function clientAddresses(edgeKey: string | undefined) {
  return ({ headers, requestContext }: APIGatewayProxyEventV2): string => {
    const { 'x-pupero-edge-key': key, 'x-pupero-client-address': address = '' } = headers;
    const isOurFront = edgeKey !== undefined && key !== undefined && isSame(key, edgeKey);
    return isOurFront && isIP(address) ? address : requestContext.http.sourceIp;
  };
}

export type ClientAddress = ReturnType<typeof clientAddresses>;
