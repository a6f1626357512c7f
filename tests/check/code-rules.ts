import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FOLDERS, filesUnder } from './files.ts';

/** Files of these folders, except their tests. */
const production = (folders: string) => new RegExp(`^(${folders})/(?!.*[.]test[.]ts$)`);

/** A pattern that no line of these files may have. `reason` is printed with each violation. */
type CodeRule = { where: RegExp; except?: RegExp; never: RegExp; reason: string };

/** Rules that no import rule can express. */
const codeRules: CodeRule[] = [
  {
    where: /^simulation\/(?!commands\/|.*[.]test[.]ts$)/,
    never: /Date\.now|new Date\(\)|performance\.now|Math\.random|getRandomValues/,
    reason: 'reads the clock or chance: a seed must do the same in each run',
  },
  {
    where: production('core|contract'),
    never: /process\.|Date\.now|new Date\(\)|performance\.now|Temporal\.Now/,
    reason: 'reads the clock or the environment: pass it as an argument',
  },
  {
    where: production('core|contract'),
    never: /Math\.random|randomUUID|getRandomValues/,
    reason: 'uses random values: pass ids as arguments',
  },
  {
    where: production('core|adapters|functions'),
    never: /\b(Parallel)?Scan(Command|Input)\b|\bpaginateScan\b/,
    reason: 'scans a table: its cost would grow with the stored data',
  },
  {
    where: production('adapters|functions|web/src'),
    except: /^functions\/config\.ts$/,
    never: /process\.env/,
    reason: 'reads the environment: only functions/config.ts may, because it validates it',
  },
  {
    where: production('adapters|functions'),
    except: /^adapters\/system\/clock\.ts$/,
    never: /Date\.now|new Date\(\)|performance\.now|Temporal\.Now/,
    reason: 'reads the time: only adapters/system/clock.ts may, so that tests can move one clock',
  },
  {
    where: /^(adapters|functions|infra|stage|deploy|sandbox|bench|tests\/(?!check\/))/,
    except: /^adapters\/aws\/client\.ts$/,
    never: /\bnew [A-Z]\w*Client\(/,
    reason: 'builds an AWS client: use awsClient of adapters/aws/client.ts, so that tracing has one place',
  },
  {
    where: /\.test\.ts$/,
    never: /\b(test|it|describe)\.(only|skip|todo)\b|\bx(test|it|describe)\(/,
    reason: 'skips tests',
  },
];

/** Lines that violate a rule, each as `file:line reason`. */
export function codeRuleViolations(root: string): string[] {
  const files = filesUnder(root, [...FOLDERS, 'web']);
  return files.flatMap((file) => {
    const rules = codeRules.filter(({ where, except }) => where.test(file) && !except?.test(file));
    const lines = withoutComments(readFileSync(join(root, file), 'utf8')).split('\n');
    return lines.flatMap((line, index) =>
      rules.filter(({ never }) => never.test(line)).map(({ reason }) => `${file}:${index + 1} ${reason}`),
    );
  });
}

/** The source with blanks for its comments, on the same lines. */
function withoutComments(source: string): string {
  return source.replace(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*/g, (comment) => comment.replace(/[^\n]/g, ' '));
}
