import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const TEXTS = ['web/src/i18n/fr/*.ts', 'core/mail/texts/fr.ts'];

/** French has a space beside these signs, at which a line must not break (Imprimerie nationale, Lexique des règles). */
const BREAKABLE = / [:;?!»]|« /;

/** Each French text in which a line may break before `: ; ? ! »` or after `«`, a line each. */
export function breakableFrench(root: string): string[] {
  return globSync(TEXTS, { cwd: root })
    .sort()
    .flatMap((file) => {
      const source = ts.createSourceFile(
        file,
        readFileSync(join(root, file), 'utf8'),
        ts.ScriptTarget.Latest,
      );
      return textsIn(source)
        .filter(({ text }) => BREAKABLE.test(text))
        .map(({ pos, text }) => {
          const line = source.getLineAndCharacterOfPosition(pos).line + 1;
          return `${file}:${line}: needs a no-break space (U+00A0): ${text.trim()}`;
        });
    });
}

function textsIn(source: ts.SourceFile): { pos: number; text: string }[] {
  const found: { pos: number; text: string }[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node))
      found.push({ pos: node.getStart(source), text: node.text });
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}
