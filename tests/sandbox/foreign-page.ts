import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Browser, chromium, type Page } from 'playwright-core';

/** A name of the attacker that resolves to this machine, as after DNS rebinding. */
const EVIL_HOST = 'evil.example';

/** One request that a page, or any other program, may try on any port. */
export type Attempt = { method: string; path: string; headers?: Record<string, string>; body?: string };

/** The answer that the page could read; `undefined` if it could read none. */
export type Outcome = { status: number; body: string } | undefined;

/** A browser with an open page of an attacker. */
export class Visitor {
  readonly #browser: Browser;
  readonly #server: Server;

  static async withBrowser(): Promise<Visitor> {
    const server = createServer((_, response) => {
      response.writeHead(200, { 'content-type': 'text/html' }).end('<title>evil</title><body></body>');
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const browser = await chromium.launch({
      executablePath: process.env.CHROMIUM_BIN ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        `--host-resolver-rules=MAP ${EVIL_HOST} 127.0.0.1`,
        // Other browsers, and older ones, let any page reach loopback.
        '--disable-features=LocalNetworkAccessChecks',
      ],
    });
    return new Visitor(browser, server);
  }

  private constructor(browser: Browser, server: Server) {
    this.#browser = browser;
    this.#server = server;
  }

  async close(): Promise<void> {
    await this.#browser.close();
    this.#server.close();
    this.#server.closeAllConnections();
  }

  /** Makes all attempts at once from a page of another site, or of another port of this machine. Returns the readable answers. */
  async fromAnotherOrigin(port: number, attempts: Attempt[], pageHost = EVIL_HOST): Promise<string[]> {
    const page = await this.#open(`http://${pageHost}:${(this.#server.address() as AddressInfo).port}/`);
    const read = await Promise.all(
      ['127.0.0.1', 'localhost'].flatMap((host) => [
        ...attempts.map(async (attempt) =>
          readBy(attempt, await page.evaluate(crossOrigin, { base: `http://${host}:${port}`, attempt })),
        ),
        page.evaluate(opensSocket, `ws://${host}:${port}/`).then((isOpen) => (isOpen ? ['a WebSocket'] : [])),
      ]),
    );
    await page.close();
    return [...new Set(read.flat())];
  }

  /** Makes all attempts at once from a page with the port's own origin, under the attacker's name. Returns the readable answers. */
  async afterRebinding(port: number, attempts: Attempt[]): Promise<string[]> {
    const base = `http://${EVIL_HOST}:${port}`;
    const page = await this.#browser.newPage();
    // The attacker's server answers the first request. Then the name resolves to this machine.
    const first = `${base}/the-page-of-the-attacker`;
    await page.route(first, (route) => route.fulfill({ contentType: 'text/html', body: '<body></body>' }));
    const isBlocked = await page.goto(first).then(
      () => false,
      () => true,
    );
    const read = await Promise.all(
      (isBlocked ? [] : attempts).map(async (attempt) =>
        readBy(attempt, await page.evaluate(sameOrigin, { base, attempt })),
      ),
    );
    await page.close();
    return [...new Set(read.flat())];
  }

  async #open(url: string): Promise<Page> {
    const page = await this.#browser.newPage();
    await page.goto(url);
    return page;
  }
}

/** The attempt with its answer. Empty for a refusal and for an unknown path, because both reveal nothing. */
export function readBy({ method, path }: Attempt, outcome: Outcome): string[] {
  if (!outcome || [401, 403, 404, 405, 415].includes(outcome.status)) return [];
  return [`${method} ${path}: ${outcome.status} ${outcome.body.replace(/\s+/g, ' ').slice(0, 60)}`];
}

type Asked = { base: string; attempt: Attempt };

// The next three functions run in the browser.

/** Sends the attempt by a readable fetch, by a fetch without CORS, and as a picture. */
async function crossOrigin({ base, attempt }: Asked): Promise<Outcome> {
  const { method, path, headers = {}, body } = attempt;
  const url = `${base}${path}`;
  const request = { method, body, redirect: 'follow' as const };
  const patience = () => ({ signal: AbortSignal.timeout(5_000) });
  const sent = { ...request, mode: 'no-cors' as const, headers: { 'content-type': 'text/plain' } };
  await fetch(url, { ...sent, ...patience() }).catch(() => {});
  if (method === 'GET') {
    const picture = document.createElement('img');
    picture.src = url;
    await Promise.race([
      new Promise((done) => picture.addEventListener('error', done)),
      new Promise((done) => setTimeout(done, 1_000)),
    ]);
  } else {
    // Bodies without a type need no preflight either.
    const typeless = { method, mode: 'no-cors' as const, body: new Blob([body ?? '']) };
    await fetch(url, { ...typeless, ...patience() }).catch(() => {});
  }
  try {
    const answer = await fetch(url, { ...request, headers, ...patience() });
    return { status: answer.status, body: await answer.text() };
  } catch {
    return undefined;
  }
}

async function sameOrigin({ base, attempt }: Asked): Promise<Outcome> {
  const { method, path, headers = {}, body } = attempt;
  try {
    const request = { method, headers, body, signal: AbortSignal.timeout(5_000) };
    const answer = await fetch(`${base}${path}`, request);
    return { status: answer.status, body: await answer.text() };
  } catch {
    return undefined;
  }
}

function opensSocket(url: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = new WebSocket(url, 'vite-hmr');
    socket.addEventListener('open', () => resolve(true));
    socket.addEventListener('error', () => resolve(false));
    setTimeout(() => resolve(false), 2_000);
  });
}
