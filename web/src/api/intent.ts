/**
 * What somebody means to do once. A double click or a retry after a lost answer carries the same key, so it cannot
 * happen twice; another body, or the next time, is another intent.
 */
export class Intent {
  #key = '';
  #body = '';

  keyFor(body: object): string {
    const text = JSON.stringify(body);
    if (this.#key === '' || this.#body !== text) {
      // Not randomUUID: browsers lack it on plain-http hosts other than localhost.
      this.#key = Array.from(crypto.getRandomValues(new Uint32Array(4)), (n) => n.toString(36)).join('-');
      this.#body = text;
    }
    return this.#key;
  }

  done(): void {
    this.#key = '';
  }
}
