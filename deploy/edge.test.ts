import { readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import { parse } from 'yaml';
import { cacheControlOf, pageHeaders, pictureHeaders, transportSecurity } from '#stage/site-headers.ts';

/** Tags of CloudFormation, which are read as their text or list. */
const tags = ['!GetAtt', '!Sub', '!Ref', '!If', '!Not', '!Equals'];
const customTags = tags.flatMap((tag) => [
  { tag, resolve: (value: string) => value },
  { tag, collection: 'seq' as const },
]);
const { Resources } = parse(readFileSync('infra/site/cloudfront.yml', 'utf8'), { customTags });
const distribution = Resources.SiteDistribution.Properties.DistributionConfig;

type Request = { uri: string; headers: Record<string, { value: string }> };
type Handler = (event: { request: Request; viewer: { ip: string } }) => Request;

/** The CloudFront function of the template. */
const handler: Handler = runInNewContext(`${Resources.SiteRequests.Properties.FunctionCode}; handler`);
const asked = (uri: string, headers: Request['headers'] = {}) =>
  handler({ request: { uri, headers }, viewer: { ip: '203.0.113.7' } });

test.each([
  ['/', '/index.html'],
  ['/wallet', '/index.html'],
  ['/offers/01m8/edit', '/index.html'],
  ['/apix', '/index.html'],
  ['/assets/index-Ab12.js', '/assets/index-Ab12.js'],
  ['/favicon.svg', '/favicon.svg'],
  ['/api/offers', '/offers'],
  ['/api/', '/'],
  ['/api/trades/01m8/payment-sent', '/trades/01m8/payment-sent'],
  ['/api/api/offers', '/api/offers'],
])('%s is asked for as %s', (uri, onward) => expect(asked(uri).uri).toBe(onward));

test('the API hears whose request it is, whatever the client said; a bucket need not', () => {
  const forged = { 'x-pupero-client-address': { value: '192.0.2.1' } };
  const { headers } = asked('/api/me', forged);
  expect(headers['x-pupero-client-address']).toEqual({ value: '203.0.113.7' });
  expect(asked('/wallet').headers).toEqual({});
});

test('the key by which it is believed comes from Parameter Store, never out of the template', () => {
  const api = distribution.Origins.find(({ Id }: { Id: string }) => Id === 'api');
  expect(api.CustomOriginConfig.OriginProtocolPolicy).toBe('https-only');
  expect(api.OriginCustomHeaders).toEqual([
    {
      HeaderName: 'x-pupero-edge-key',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: serverless fills it in
      HeaderValue: '{{resolve:ssm:/pupero/${sls:stage}/EDGE_KEY${env:EDGE_KEY_VERSION, ""}}}',
    },
  ]);
});

test('errors of the API stay what they are, and its answers are not kept', () => {
  expect(distribution.CustomErrorResponses).toBeUndefined();
  const [api, pictures, ...others] = distribution.CacheBehaviors;
  expect(others).toEqual([]);
  expect(pictures).toMatchObject({ PathPattern: '/uploads/*', CachePolicyId: api.CachePolicyId });
  expect(api).toMatchObject({
    PathPattern: '/api/*',
    // CachingDisabled, among AWS's managed cache policies.
    CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
  });
});

test('pages have the headers that the site server of one machine gives them, and HSTS', () => {
  const { SecurityHeadersConfig: fixed, CustomHeadersConfig: custom } =
    Resources.SiteHeaders.Properties.ResponseHeadersPolicyConfig;
  const more = custom.Items.map(({ Header, Value }: Record<string, string>) => [Header, Value]);
  expect(fixed.ContentTypeOptions).toEqual({ Override: true });
  expect({
    // On one machine the site's server passes WebSockets on, and a deploy opens them at API Gateway's own host.
    'content-security-policy': fixed.ContentSecurityPolicy.ContentSecurityPolicy.replace(
      /(?<=connect-src 'self') wss:\/\/\S+(?=;)/,
      '',
    ),
    'x-content-type-options': 'nosniff',
    'x-frame-options': fixed.FrameOptions.FrameOption,
    'referrer-policy': fixed.ReferrerPolicy.ReferrerPolicy,
    'strict-transport-security': `max-age=${fixed.StrictTransportSecurity.AccessControlMaxAgeSec}`,
    ...Object.fromEntries(more),
  }).toEqual({ ...pageHeaders, ...transportSecurity('https://pupero.example') });
  expect(transportSecurity('http://localhost:5000')).toEqual({});
});

test('what people have uploaded has the headers that the site server gives it', () => {
  const { SecurityHeadersConfig: fixed, CustomHeadersConfig: custom } =
    Resources.PictureHeaders.Properties.ResponseHeadersPolicyConfig;
  const more = custom.Items.map(({ Header, Value }: Record<string, string>) => [Header, Value]);
  expect({
    'content-security-policy': fixed.ContentSecurityPolicy.ContentSecurityPolicy,
    'x-content-type-options': 'nosniff',
    'x-frame-options': fixed.FrameOptions.FrameOption,
    'referrer-policy': fixed.ReferrerPolicy.ReferrerPolicy,
    ...Object.fromEntries(more),
  }).toEqual(pictureHeaders);
});

test('a file under assets/ is for ever, the page is asked for anew', () => {
  expect(cacheControlOf('/assets/index-Ab12.js')).toContain('immutable');
  expect(cacheControlOf('/index.html')).toBe('no-cache');
});
