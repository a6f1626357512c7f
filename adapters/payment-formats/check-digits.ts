/** The sum of the digits of `text`, each times its weight. The weights repeat. A letter counts as its code minus 48. */
const weighted = (text: string, weights: readonly number[]) =>
  [...text].reduce((sum, letter, at) => sum + (letter.charCodeAt(0) - 48) * weights[at % weights.length]!, 0);

/** The weights from one number down to another. */
const falling = (from: number, to: number) => Array.from({ length: from - to + 1 }, (_, at) => from - at);

/** A routing number of the American Bankers Association. Its first two digits are those of a Federal Reserve district. */
export const isRoutingNumber = (digits: string) =>
  /^(?:0\d|1[0-2]|2[1-9]|3[0-2]|6[1-9]|7[0-2]|80)\d{7}$/.test(digits) &&
  weighted(digits, [3, 7, 1]) % 10 === 0;

/** A CLABE of Mexico. Its last digit makes the sum of the digits, weighted by 3, 7 and 1, a multiple of 10. */
export const isClabe = (digits: string) => /^\d{18}$/.test(digits) && weighted(digits, [3, 7, 1]) % 10 === 0;

/** A CBU or CVU of Argentina: two blocks with a check digit each. */
export const isCbu = (digits: string) =>
  /^\d{22}$/.test(digits) &&
  weighted(digits.slice(0, 8), [7, 1, 3, 9, 7, 1, 3, 1]) % 10 === 0 &&
  weighted(digits.slice(8), [3, 9, 7, 1, 3, 9, 7, 1, 3, 9, 7, 1, 3, 1]) % 10 === 0;

/** Whether the last two digits are the check digits by modulus 11 of the text before each of them. */
function endsWithModulus11(text: string, first: readonly number[], second: readonly number[]): boolean {
  const digitOf = (part: string, weights: readonly number[]) => {
    const rest = weighted(part, weights) % 11;
    return rest < 2 ? 0 : 11 - rest;
  };
  const expected = `${digitOf(text.slice(0, -2), first)}${digitOf(text.slice(0, -1), second)}`;
  return text.endsWith(expected);
}

/** A CPF of Brazil. Eleven equal digits fit the check digits, and are given to nobody. */
export const isCpf = (digits: string) =>
  /^(?!(\d)\1{10}$)\d{11}$/.test(digits) && endsWithModulus11(digits, falling(10, 2), falling(11, 2));

/** A CNPJ of Brazil, which may have letters (Receita Federal, IN RFB 2.229/2024). */
export const isCnpj = (text: string) =>
  /^(?!0{14}$)[0-9A-Z]{12}\d{2}$/.test(text) &&
  endsWithModulus11(text, [...falling(5, 2), ...falling(9, 2)], [...falling(6, 2), ...falling(9, 2)]);

/** A business number of Australia (ABN): after 1 is taken off its first digit, the weighted sum is a multiple of 89. */
export const isAbn = (digits: string) =>
  /^[1-9]\d{10}$/.test(digits) && (weighted(digits, [10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19]) - 10) % 89 === 0;

/** A national identification number of Thailand. */
export const isThaiId = (digits: string) =>
  /^[1-8]\d{12}$/.test(digits) &&
  `${(11 - (weighted(digits.slice(0, 12), falling(13, 2)) % 11)) % 10}` === digits[12];
