import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';

const TAIL_BYTES = 10_000;
const lines = 12;

/** The last lines of a part's log, for the message that the part has ended. */
export function lastWords(logFile: string): string {
  const tail = existsSync(logFile) ? stripVTControlCharacters(endOf(logFile)).trim() : '';
  if (!tail) return ` ${logFile} is empty.`;
  const shown = tail.split('\n').slice(-lines);
  return ` The last lines of ${logFile}:\n${shown.map((line) => `    ${line.slice(0, 300)}`).join('\n')}`;
}

function endOf(file: string): string {
  const descriptor = openSync(file, 'r');
  try {
    const { size } = fstatSync(descriptor);
    const buffer = Buffer.alloc(Math.min(size, TAIL_BYTES));
    const count = readSync(descriptor, buffer, 0, buffer.length, size - buffer.length);
    return buffer.toString('utf8', 0, count);
  } finally {
    closeSync(descriptor);
  }
}
