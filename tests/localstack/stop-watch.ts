/** Prints lines with the seconds since the beginning, and the duration of each part. */
export class StopWatch {
  readonly #begun = performance.now();
  readonly parts: { name: string; seconds: number; failed: boolean }[] = [];

  say = (line: string): void => {
    const seconds = ((performance.now() - this.#begun) / 1000).toFixed(1).padStart(6);
    console.log(`${seconds} s  ${line.replaceAll('\n', '\n          ')}`);
  };

  /** Runs one part. Keeps its duration and result, and prints its failure. */
  async part<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
    this.say(`${name} …`);
    const begun = performance.now();
    let failed = true;
    try {
      const result = await work();
      failed = false;
      return result;
    } catch (error) {
      this.say((error as Error).message);
      throw error;
    } finally {
      this.parts.push({ name, seconds: (performance.now() - begun) / 1000, failed });
    }
  }
}
