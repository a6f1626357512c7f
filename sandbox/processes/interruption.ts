/** A reason to stop: the caller's abort signal, or a part that cannot be restarted. */
export class Interruption {
  readonly #interrupted: Promise<Error>;
  /** Interrupts. Only the first error counts. */
  interrupt: (error: Error) => void = () => {};

  constructor(signal: AbortSignal | undefined) {
    this.#interrupted = new Promise((resolve) => {
      this.interrupt = resolve;
      signal?.addEventListener('abort', () => resolve(new Error('Stopped before it was ready.')), {
        once: true,
      });
    });
  }

  /** Resolves with `work`, or rejects with the interruption, whichever is first. */
  orResult<Result>(work: Promise<Result>): Promise<Result> {
    const interrupted = this.#interrupted.then((error): never => {
      throw error;
    });
    return Promise.race([work, interrupted]);
  }

  whenInterrupted(act: (error: Error) => void): void {
    void this.#interrupted.then(act);
  }
}
