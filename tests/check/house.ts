import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesUnder } from './files.ts';

/** Rules for these rooms, except their tests. */
const production = (rooms: string) => new RegExp(`^(${rooms})/(?!.*[.]test[.]ts$)`);

type Custom = { where: RegExp; except?: RegExp; never: RegExp; why: string };

/** Rules that no import rule can express. */
const customs: Custom[] = [
  {
    where: production('core|contract'),
    never: /process\.|Date\.now|new Date\(\)|performance\.now|Temporal\.Now/,
    why: 'reads the clock or the environment; let it come in as an argument',
  },
  {
    where: production('core|contract'),
    never: /Math\.random|randomUUID|getRandomValues/,
    why: 'draws chance; let ids come in as arguments',
  },
  {
    where: production('core|adapters|functions'),
    never: /\b(Parallel)?Scan(Command|Input)\b|\bpaginateScan\b/,
    why: 'scans a table; its cost would grow with all that is stored',
  },
  {
    where: production('adapters|functions|web/src'),
    except: /^functions\/config\.ts$/,
    never: /process\.env/,
    why: 'reads the environment; functions/config.ts does, and says what is wrong with it',
  },
  {
    where: production('adapters|functions'),
    except: /^adapters\/system\/clock\.ts$/,
    never: /Date\.now|new Date\(\)|performance\.now|Temporal\.Now/,
    why: 'reads the time; adapters/system/clock.ts does, so that one clock can be moved',
  },
  {
    where: /^(adapters|functions|infra|stage|deploy|sandbox|bench|tests\/(?!check\/))/,
    except: /^adapters\/aws\/client\.ts$/,
    never: /\bnew [A-Z]\w*Client\(/,
    why: 'builds an AWS client; awsClient in adapters/aws/client.ts does, so that tracing has one place',
  },
  {
    where: /\.test\.ts$/,
    never: /\b(test|it|describe)\.(only|skip|todo)\b|\bx(test|it|describe)\(/,
    why: 'skips tests',
  },
];

/** Lines that break a custom of the house, each as `file:line why`. */
export function customsBroken(root: string): string[] {
  const files = filesUnder(root, [
    'contract',
    'core',
    'adapters',
    'functions',
    'web',
    'infra',
    'stage',
    'deploy',
    'sandbox',
    'tests',
    'bench',
  ]);
  return files.flatMap((file) => {
    const held = customs.filter(({ where, except }) => where.test(file) && !except?.test(file));
    const lines = withoutComments(readFileSync(join(root, file), 'utf8')).split('\n');
    return lines.flatMap((line, index) =>
      held.filter(({ never }) => never.test(line)).map(({ why }) => `${file}:${index + 1} ${why}`),
    );
  });
}

/** Comments blanked, lines kept. */
function withoutComments(source: string): string {
  return source.replace(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*/g, (comment) => comment.replace(/[^\n]/g, ' '));
}
