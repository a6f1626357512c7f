import type { Front } from '../settings/front.ts';

const isLoopback = (host: string) => host === 'localhost' || host === '[::1]' || /^127\./.test(host);

/** Warnings about allowed settings that are usually mistakes. */
export function warnings({ listen, siteOrigin, trustsProxy }: Front): string[] {
  const { protocol, hostname } = new URL(siteOrigin);
  const isOpen = !isLoopback(listen) && listen !== '::1';
  const said: string[] = [];
  if (protocol === 'http:' && !isLoopback(hostname))
    said.push(
      `Warning: browsers keep the sign-in cookie on https or localhost only, and SITE_ORIGIN is ${siteOrigin}.`,
    );
  if (isOpen && trustsProxy)
    said.push(
      `Warning: with PUPERO_TRUST_PROXY, a client that reaches ${listen} without the proxy may claim any address.`,
    );
  if (!isLoopback(hostname) && !isOpen && !trustsProxy)
    said.push('Warning: without PUPERO_TRUST_PROXY=true everybody behind the proxy counts as one client.');
  return said;
}
