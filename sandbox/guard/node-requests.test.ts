import { walletsRequest } from './node-requests.ts';

const ask = (path: string, body = '') => walletsRequest({ method: 'POST', path, body });
const call = (text: string) => ask('/json_rpc', text)?.body;

test.each(['/getblocks.bin', '/get_outs.bin', '/send_raw_transaction', '/get_info', '/get_height?a=b'])(
  'a wallet may ask %s, as it is',
  (path) => expect(ask(path, '\u0001binary')).toMatchObject({ path, body: '\u0001binary' }),
);

test.each([
  '/stop_daemon',
  '/pop_blocks',
  '/start_mining',
  '/set_log_level',
  '/save_bc',
  '/out_peers',
  '/update',
  '//get_info',
  '/get_info/',
  '/GET_INFO',
  '/get_info%3f',
  '/json_rpc/',
  '/',
  '',
])('nobody else asks %j', (path) => expect(ask(path)).toBe(undefined));

test.each(['get_info', 'get_fee_estimate', 'getblockheadersrange', 'get_output_distribution'])(
  'a wallet may call %s',
  (method) => expect(call(JSON.stringify({ method }))).toBe(`{"method":"${method}"}`),
);

test.each(['generateblocks', 'submit_block', 'get_block_template', 'flush_txpool', 'GET_INFO', 'toString'])(
  'nobody else calls %s',
  (method) => expect(call(JSON.stringify({ method }))).toBe(undefined),
);

test('monerod reads the call that was looked at', () => {
  expect(call('{"method":"submit_block","method":"get_info"}')).toBe('{"method":"get_info"}');
  expect(call('{"method":"get_info","method":"submit_block"}')).toBe(undefined);
  expect(call('{"method":"\\u0073ubmit_block"}')).toBe(undefined);
  expect(call('{"method":"get_info","params":{"amounts":[18446744073709551615]}}')).toContain(
    '18446744073709551615',
  );
});

test.each([
  '',
  'null',
  '[]',
  '[{"method":"get_info"}]',
  '"get_info"',
  '{"method":["get_info"]}',
  '{"method":',
])('%j is no call', (text) => expect(call(text)).toBe(undefined));
