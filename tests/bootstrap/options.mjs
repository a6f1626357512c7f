const suites = ['check', 'unit', 'package', 'cost', 'sandbox', 'ports', 'journeys', 'browser'];

/** What `npm test -- --help` prints. */
export const help = `
npm test                                   everything: ${suites.join(', ')}
npm test -- --only unit,journeys           these suites
npm test -- --only journeys withdrawal     of these, the files whose path contains a word
npm test -- --help                         this
npm run test:unit                          unit alone, in seconds, nothing started
npm run check                              format, types, import rules, unused code, messages, links

One sandbox of its own is started for the suites that need it, on free ports, in a folder that is removed afterwards;
a running "npm start" is left alone. The logs of a run that failed are kept in test-results/.
Monero's programs come from MONERO_BIN or the PATH, the browser from CHROMIUM_BIN or the usual places; as root on
Debian both are installed when missing.
`;

/**
 * @param {string[]} args of the command line
 * @returns {{ only: string[], patterns: string[], wantsHelp: boolean, wrong: string }}
 */
export function readOptions(args) {
  const wantsHelp = args.includes('--help') || args.includes('-h');
  const at = args.indexOf('--only');
  const only = at < 0 ? suites : (args[at + 1] ?? '').split(',');
  const rest = at < 0 ? args : args.filter((_, index) => index !== at && index !== at + 1);
  const strangers = rest.filter((arg) => arg.startsWith('-') && !['--help', '-h'].includes(arg));
  const unknown = only.filter((suite) => !suites.includes(suite));
  const wrong = [
    unknown.length > 0 ? `--only takes some of ${suites.join(',')}.` : '',
    strangers.length > 0 ? `Unknown: ${strangers.join(' ')}.` : '',
  ];
  const patterns = rest.filter((arg) => !arg.startsWith('-'));
  return { only, patterns, wantsHelp, wrong: wrong.filter(Boolean).join(' ') };
}
