/** A variable of .env.example. A commented-out one is not set, and its value is an example. */
export type Example = { name: string; value: string; isSet: boolean; isExplained: boolean };

const assignment = /^(?<comment># ?)?(?<name>[A-Z][A-Z0-9_]*)=(?<value>.*)$/;

/** Reads it by paragraphs, because the comment of a paragraph explains all its variables. */
export function readExamples(text: string): Example[] {
  return text.split(/\n\s*\n/).flatMap((paragraph) => {
    const lines = paragraph.split('\n');
    const isExplained = lines.some((line) => line.startsWith('#') && !assignment.test(line));
    return lines.flatMap((line) => {
      const { comment, name, value } = assignment.exec(line)?.groups ?? {};
      return name ? [{ name, value: value ?? '', isSet: !comment, isExplained }] : [];
    });
  });
}

/** The variables that `--env-file` passes to docker compose. */
export const environmentOf = (examples: Example[]): Record<string, string> =>
  Object.fromEntries(examples.filter(({ isSet }) => isSet).map(({ name, value }) => [name, value]));
