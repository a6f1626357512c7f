import { createHash, createHmac, type Hash, type Hmac } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';
import type { HintSender } from '#core/live/ports.ts';
import { SECOND_MS } from '#core/time.ts';

type Credentials = { accessKeyId: string; secretAccessKey: string; sessionToken?: string | undefined };

type Settings = {
  /** Address of the WebSocket API's management API, with its stage. */
  url: string;
  /** `config` of an SDK client, which renews the credentials of a role. */
  sdk: { credentials: () => Promise<Credentials>; region: () => Promise<string> };
};

const GONE = 410;
const TIMEOUT_MS = 3 * SECOND_MS;

/**
 * Posts hints to connections of API Gateway. It signs the request itself and sends it with `fetch`, because the SDK's
 * client for this one request is larger than the rest of the function. `post` throws if no answer comes within 3 s, and
 * for every error but 410.
 */
export function connectionsApi({ url, sdk }: Settings): HintSender {
  const base = new URL(url);
  const signer = new SignatureV4({
    credentials: sdk.credentials,
    region: sdk.region,
    service: 'execute-api',
    sha256: Sha256,
  });
  return {
    async post(connectionId, hint) {
      const body = JSON.stringify(hint);
      const path = `${base.pathname.replace(/\/$/, '')}/@connections/${encodeURIComponent(connectionId)}`;
      const headers = { host: base.host, 'content-type': 'application/json' };
      const request = {
        method: 'POST',
        protocol: base.protocol,
        hostname: base.hostname,
        path,
        headers,
        body,
      };
      const signed = await signer.sign(request);
      const { host: _, ...sent } = signed.headers;
      const signal = AbortSignal.timeout(TIMEOUT_MS);
      const answer = await fetch(`${base.origin}${path}`, { method: 'POST', headers: sent, body, signal });
      await answer.arrayBuffer();
      if (answer.status === GONE) return 'gone';
      if (!answer.ok) throw new Error(`the management API of connections answered ${answer.status}`);
      return undefined;
    },
  };
}

/** Node's SHA-256 in the form that the signer requires. */
class Sha256 {
  readonly #hash: Hash | Hmac;

  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#hash =
      secret === undefined
        ? createHash('sha256')
        : createHmac('sha256', secret as string | NodeJS.ArrayBufferView);
  }

  update(data: string | Uint8Array): void {
    this.#hash.update(data);
  }

  async digest(): Promise<Uint8Array> {
    return this.#hash.digest();
  }
}
