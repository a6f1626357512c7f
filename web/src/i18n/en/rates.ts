export const rates = {
  title: 'Market price',
  age: (ago: string) => `Updated ${ago}`,
  madeUp: 'made up by this sandbox, not a real price',
  from: (sources: string) => `from ${sources}`,
  unknown: 'No price is known in this currency just now.',
  history: 'History',
  period: 'Period',
  periods: { 6: '6 hours', 24: '24 hours', 72: '3 days', 168: '7 days' },
  summary: {
    rose: (period: string, low: string, high: string, change: string) =>
      `In the last ${period}, 1 XMR cost between ${low} and ${high}. The price rose by ${change}.`,
    fell: (period: string, low: string, high: string, change: string) =>
      `In the last ${period}, 1 XMR cost between ${low} and ${high}. The price fell by ${change}.`,
    same: (period: string, low: string, high: string, _change: string) =>
      `In the last ${period}, 1 XMR cost between ${low} and ${high}. The price is the same as before.`,
  },
  pointAtChart: 'Point at the chart to read a price.',
  asTable: 'Prices as a table',
  time: 'Time',
  price: (currency: string) => `1 XMR in ${currency}`,
  noHistory: 'No price of this period is known.',
  converter: 'Converter',
  amountXmr: 'Amount in XMR',
  amountFiat: (currency: string) => `Amount in ${currency}`,
  convertedAt: (price: string) => `At the market price of ${price}. Offers have prices of their own.`,
};
