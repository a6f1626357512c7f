type Catalogue = { [key: string]: unknown };

/** Keys that a language lacks, and problem codes without a text, a line each. */
export function gapsInMessages(languages: Record<string, Catalogue>, problemCodes: string[]): string[] {
  const [[first, reference] = ['', {}], ...others] = Object.entries(languages);
  const said = textsOf(reference);
  const between = others.flatMap(([language, catalogue]) => {
    const alsoSaid = textsOf(catalogue);
    return [
      ...[...said.keys()].filter((key) => !alsoSaid.has(key)).map((key) => `${language} lacks ${key}`),
      ...[...alsoSaid.keys()].filter((key) => !said.has(key)).map((key) => `${first} lacks ${key}`),
      ...[...alsoSaid]
        .filter(([key, text]) => text === '' && said.get(key))
        .map(([key]) => `${language}: ${key} is empty`),
    ];
  });
  const unexplained = problemCodes.filter((code) => !said.get(`problems.${code}`));
  return [...between, ...unexplained.map((code) => `${first} lacks problems.${code}`)];
}

function textsOf(catalogue: Catalogue, path = ''): Map<string, unknown> {
  const texts = Object.entries(catalogue).flatMap(([key, value]) =>
    typeof value === 'object' && value !== null
      ? [...textsOf(value as Catalogue, `${path}${key}.`)]
      : [[`${path}${key}`, value] as [string, unknown]],
  );
  return new Map(texts);
}
