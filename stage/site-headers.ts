const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

/**
 * Headers of every page and file of the site. infra/site/cloudfront.yml sets the same; deploy/edge.test.ts compares.
 */
export const pageHeaders = {
  'content-security-policy': contentSecurityPolicy,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
};

/** Headers of what people have uploaded. infra/site/cloudfront.yml sets the same; deploy/edge.test.ts compares. */
export const pictureHeaders = {
  'content-security-policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'content-disposition': 'attachment',
  'cache-control': 'private, max-age=600',
};

/** HSTS for one year, the minimum of preload lists. It is not sent over http, because it would lock users out. */
export function transportSecurity(siteOrigin: string): Record<string, string> {
  const isSecure = siteOrigin.startsWith('https:');
  return isSecure ? { 'strict-transport-security': 'max-age=31536000' } : {};
}

/**
 * The `Cache-Control` of a path of the site. Files under assets/ never change, because Vite puts a hash in their names.
 */
export function cacheControlOf(path: string): string {
  return path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache';
}
