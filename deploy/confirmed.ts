import { createInterface } from 'node:readline/promises';

/**
 * Asks a person, who agrees by typing `word`.
 * @throws an Error where there is no terminal to ask on
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
