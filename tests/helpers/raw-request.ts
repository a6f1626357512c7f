import { connect } from 'node:net';

export type RawAnswer = { status: number; headers: Record<string, string>; body: string };

/**
 * Sends bytes unchanged, because `fetch` corrects or refuses malformed requests. Resolves with the first response on
 * the connection; rejects if the server closes it without one.
 */
export function rawRequest(url: string, ...parts: (string | Uint8Array)[]): Promise<RawAnswer> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    let received = Buffer.alloc(0);
    const socket = connect(Number(port), hostname, () => {
      for (const part of parts) socket.write(typeof part === 'string' ? Buffer.from(part, 'latin1') : part);
    });
    socket.setTimeout(20_000, () => socket.destroy(new Error('no answer within 20 s')));
    socket.on('data', (chunk) => {
      received = Buffer.concat([received, chunk]);
      const answer = answerIn(received);
      if (!answer) return;
      resolve(answer);
      socket.destroy();
    });
    socket.on('error', reject);
    socket.on('close', () => reject(new Error(`the connection ended after: ${received}`)));
  });
}

/** The response, once it is complete; `undefined` before. */
function answerIn(received: Buffer): RawAnswer | undefined {
  const end = received.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const [first = '', ...lines] = received.toString('latin1', 0, end).split('\r\n');
  const fields = lines.map((line) => line.split(/: ?(.*)/s));
  const headers = Object.fromEntries(fields.map(([name = '', value = '']) => [name.toLowerCase(), value]));
  const body = received.subarray(end + 4);
  const isChunked = headers['transfer-encoding'] === 'chunked';
  const isWhole = isChunked
    ? body.toString().endsWith('0\r\n\r\n')
    : body.length >= Number(headers['content-length']);
  if (!isWhole) return undefined;
  const content = isChunked ? joinedChunks(body) : body;
  return { status: Number(first.split(' ')[1]), headers, body: content.toString() };
}

/** The content of a chunked body (RFC 9112, section 7.1) without trailers. */
function joinedChunks(body: Buffer): Buffer {
  const chunks: Buffer[] = [];
  for (let at = 0; at < body.length; ) {
    const end = body.indexOf('\r\n', at);
    const size = Number.parseInt(body.toString('latin1', at, end), 16);
    if (!size) break;
    chunks.push(body.subarray(end + 2, end + 2 + size));
    at = end + 2 + size + 2;
  }
  return Buffer.concat(chunks);
}
