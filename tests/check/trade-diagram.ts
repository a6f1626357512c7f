import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hasEnded, STEP_NAMES, STEPS, TRADE_STATES } from '#core/trades/states.ts';

type Language = 'en' | 'fr';
type Step = (typeof STEPS)[keyof typeof STEPS];

const PAGES = { en: 'docs/trades.md', fr: 'docs/trades.fr.md' } as const;

const WORDS = {
  en: {
    by: { buyer: 'buyer', seller: 'seller', arbitrator: 'arbitrator', either: 'either party', time: 'time' },
    hold: {
      keep: 'stays held',
      post: 'goes to the buyer',
      void: 'goes back to the seller',
      split: 'is divided',
    },
    request: {
      make: 'unless a party asks already',
      accept: 'if the other party asks',
      withdraw: 'if this party asks',
    },
    head: '| step | by | from | to | condition | the XMR | second factor |',
    same: 'the same',
    anyState: 'always',
  },
  fr: {
    by: {
      buyer: 'acheteur',
      seller: 'vendeur',
      arbitrator: 'arbitre',
      either: 'une des parties',
      time: 'délai',
    },
    hold: {
      keep: 'restent bloqués',
      post: 'vont à l’acheteur',
      void: 'reviennent au vendeur',
      split: 'sont répartis',
    },
    request: {
      make: 'si personne ne l’a demandé',
      accept: 'si l’autre partie le demande',
      withdraw: 'si cette partie le demande',
    },
    head: '| étape | par | depuis | vers | condition | les XMR | second facteur |',
    same: 'le même état',
    anyState: 'toujours',
  },
} as const;

const code = (text: string) => `\`${text}\``;

function diagram(language: Language): string {
  const { by } = WORDS[language];
  const arrows = STEP_NAMES.flatMap((name) =>
    STEPS[name].from.map((from) => {
      const to = STEPS[name].to === 'same' ? from : STEPS[name].to;
      return `  ${from} --> ${to}: ${name} (${by[STEPS[name].by]})`;
    }),
  );
  const ends = TRADE_STATES.filter(hasEnded).map((state) => `  ${state} --> [*]`);
  const lines = ['stateDiagram-v2', '  [*] --> awaiting_payment: startTrade', ...arrows, ...ends];
  return `\`\`\`mermaid\n${lines.join('\n')}\n\`\`\``;
}

function factorCell({ secondFactor }: Step, language: Language): string {
  if (!secondFactor) return '';
  const { by, anyState } = WORDS[language];
  const isAlways = secondFactor.in.length === TRADE_STATES.length;
  return `${by[secondFactor.of]}, ${isAlways ? anyState : secondFactor.in.map(code).join(', ')}`;
}

function table(language: Language): string {
  const { by, hold, request, head, same } = WORDS[language];
  const rows = STEP_NAMES.map((name) => {
    const step: Step = STEPS[name];
    const cells = [
      code(name),
      by[step.by],
      step.from.map(code).join(', '),
      step.to === 'same' ? same : code(step.to),
      step.request ? request[step.request] : '',
      hold[step.hold],
      factorCell(step, language),
    ];
    return `| ${cells.join(' | ')} |`;
  });
  return [head, '|---|---|---|---|---|---|---|', ...rows].join('\n');
}

const PART = /(?<=<!-- steps -->)[\s\S]*(?=<!-- end -->)/;

const pageWithSteps = (root: string, language: Language) => {
  const page = readFileSync(join(root, PAGES[language]), 'utf8');
  return { page, wanted: page.replace(PART, () => `\n${diagram(language)}\n\n${table(language)}\n`) };
};

/** Pages whose diagram or table is not made from the steps of trades. */
export function tradeDiagramFaults(root: string): string[] {
  const outdated = (Object.keys(PAGES) as Language[]).filter((language) => {
    const { page, wanted } = pageWithSteps(root, language);
    return page !== wanted;
  });
  return outdated.map((language) => `${PAGES[language]}: its diagram is outdated; run: npm run diagram`);
}

if (import.meta.main) {
  const root = join(import.meta.dirname, '..', '..');
  for (const language of Object.keys(PAGES) as Language[])
    writeFileSync(join(root, PAGES[language]), pageWithSteps(root, language).wanted);
}
