/** A file that is no picture of the expected form. */
export class Malformed extends Error {}

export const bytesOf = (text: string): Buffer => Buffer.from(text, 'latin1');

/** @throws Malformed unless it holds */
export function expectForm(holds: boolean, what: string): asserts holds {
  if (!holds) throw new Malformed(what);
}

/** Bytes from `start` on. @throws Malformed if the file is shorter */
export function slice(file: Buffer, start: number, length: number): Buffer {
  expectForm(start + length <= file.length, 'the file is cut off');
  return file.subarray(start, start + length);
}
