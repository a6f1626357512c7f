import type { Messages } from '../messages.ts';

export const rates = {
  title: 'Prix du marché',
  age: (ago: string) => `Actualisé ${ago}`,
  madeUp: 'inventé par ce bac à sable, ce n’est pas un vrai prix',
  from: (sources: string) => `selon ${sources}`,
  unknown: 'Aucun prix n’est connu dans cette devise pour l’instant.',
  history: 'Évolution',
  period: 'Période',
  periods: { 6: '6 heures', 24: '24 heures', 72: '3 jours', 168: '7 jours' },
  summary: {
    rose: (period: string, low: string, high: string, change: string) =>
      `Sur ${period}, 1 XMR a coûté entre ${low} et ${high}. Le prix a augmenté de ${change}.`,
    fell: (period: string, low: string, high: string, change: string) =>
      `Sur ${period}, 1 XMR a coûté entre ${low} et ${high}. Le prix a baissé de ${change}.`,
    same: (period: string, low: string, high: string, _change: string) =>
      `Sur ${period}, 1 XMR a coûté entre ${low} et ${high}. Le prix n’a pas changé.`,
  },
  pointAtChart: 'Survolez le graphique pour lire un prix.',
  asTable: 'Les prix en tableau',
  time: 'Date',
  price: (currency: string) => `1 XMR en ${currency}`,
  noHistory: 'Aucun prix de cette période n’est connu.',
  converter: 'Convertisseur',
  amountXmr: 'Montant en XMR',
  amountFiat: (currency: string) => `Montant en ${currency}`,
  convertedAt: (price: string) => `Au prix du marché de ${price}. Chaque offre a son propre prix.`,
} satisfies Messages['rates'];
