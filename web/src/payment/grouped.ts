/** A detail as people compare it: an IBAN in groups of four. Other details are shown as they are. */
export const groupedDetail = (name: string, value: string): string =>
  name === 'iban' ? value.replace(/(.{4})(?=.)/g, '$1 ') : value;
