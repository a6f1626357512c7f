import { plainUrl, shownUrl } from './urls.ts';

test.each([
  'http://me:hunter2@127.0.0.1:18081',
  'https://hunter2@node.example',
  'http://:hunter2@node.example/x',
])('refuses the login in %s, and no message repeats it', (url) => {
  const { error } = plainUrl('must be an address').safeParse(url);
  expect(error?.issues.map(({ message }) => message)).toEqual(['must have no user and password in it']);
  expect(JSON.stringify(error)).not.toContain('hunter2');
});

test.each(['ftp://hunter2', 'localhost:18081', ''])('refuses the malformed address %j', (url) => {
  const { error } = plainUrl('must be an address').safeParse(url);
  expect(error?.issues.map(({ message }) => message)).toEqual(['must be an address']);
});

test.each([
  ['http://127.0.0.1:18081/the-key-of-the-port', 'http://127.0.0.1:18081'],
  ['https://me:hunter2@node.example/json_rpc?key=1', 'https://node.example'],
  ['http://[::1]:8100', 'http://[::1]:8100'],
  ['no address', 'its address'],
])('shows %s as %s', (url, shown) => expect(shownUrl(url)).toBe(shown));
