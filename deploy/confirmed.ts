import { createInterface } from 'node:readline/promises';

/**
 * Asks for a confirmation, which is given by typing `word`.
 *
 * @returns whether `word` was typed, or `yes` is set
 * @throws an Error without a terminal
 */
export async function confirmed(question: string, word: string, yes: boolean): Promise<boolean> {
  if (yes) return true;
  if (!process.stdin.isTTY)
    throw new Error('This command asks for a confirmation. Without a terminal, add --yes.');
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question(`${question} Type "${word}": `);
  terminal.close();
  return answer.trim() === word;
}
