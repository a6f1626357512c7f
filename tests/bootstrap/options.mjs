const suites = ['check', 'unit', 'package', 'cost', 'simulation', 'sandbox', 'ports', 'journeys', 'browser'];

/** The text of `npm test -- --help`. */
export const help = `
npm test                                   everything: ${suites.join(', ')}
npm test -- --only unit,journeys           these suites
npm test -- --only journeys withdrawal     of these, the files whose path contains a word
npm test -- --monero 0.18.0.0              on this release of Monero; else on what npm start uses
npm test -- --help                         this
npm run test:unit                          unit alone, in seconds, nothing started
npm run check                              format, types, import rules, unused code, messages, links

One sandbox of its own is started for the suites that need it, on free ports, in a folder that is removed afterwards;
a running "npm start" is left alone. The logs of a run that failed are kept in test-results/.
Monero's programs come from MONERO_BIN, the PATH or .tools/monero, where they are unpacked when missing (Debian and
Ubuntu, without root); the browser comes from CHROMIUM_BIN or the usual places, or is installed (Debian, as root).
`;

/**
 * @param {string[]} args of the command line
 * @returns {{ only: string[], patterns: string[], monero: string, wantsHelp: boolean, wrong: string }} `monero`: a
 *   release, or empty
 */
export function readOptions(args) {
  const wantsHelp = args.includes('--help') || args.includes('-h');
  const [chosen, others] = taken('--only', args);
  const [monero = '', rest] = taken('--monero', others);
  const only = chosen === undefined ? suites : chosen.split(',');
  const strangers = rest.filter((arg) => arg.startsWith('-') && !['--help', '-h'].includes(arg));
  const unknown = only.filter((suite) => !suites.includes(suite));
  const wrong = [
    unknown.length > 0 ? `--only takes some of ${suites.join(',')}.` : '',
    others.includes('--monero') && !/^\d+(\.\d+)+$/.test(monero)
      ? '--monero takes a release, as 0.18.0.0.'
      : '',
    strangers.length > 0 ? `Unknown: ${strangers.join(' ')}.` : '',
  ];
  const patterns = rest.filter((arg) => !arg.startsWith('-'));
  return { only, patterns, monero, wantsHelp, wrong: wrong.filter(Boolean).join(' ') };
}

/** The value after a flag (`undefined` without the flag), and the other arguments. */
function taken(flag, args) {
  const at = args.indexOf(flag);
  if (at < 0) return [undefined, args];
  return [args[at + 1] ?? '', args.filter((_, index) => index !== at && index !== at + 1)];
}
