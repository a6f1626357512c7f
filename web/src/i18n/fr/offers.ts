import type { Messages } from '../messages.ts';

export const offers = {
  offerTitle: {
    buy: (name: string) => `${name} achète du Monero`,
    sell: (name: string) => `${name} vend du Monero`,
  },
  price: 'Prix',
  limits: 'Limites',
  methods: 'Moyens de paiement',
  window: 'Délai de paiement',
  minutes: (n: number) =>
    n % 1440 === 0 ? plural(n / 1440, 'jour') : n % 60 === 0 ? plural(n / 60, 'heure') : plural(n, 'minute'),
  terms: 'Conditions',
  noTerms: 'Aucune condition indiquée.',
  start: 'Commencer l’échange',
  startTitle: 'Commencer un échange',
  youPay: (currency: string) => `Vous payez (${currency})`,
  youReceive: (currency: string) => `Vous recevez (${currency})`,
  youPayXmr: 'Vous payez (XMR)',
  youReceiveXmr: 'Vous recevez (XMR)',
  method: 'Moyen de paiement',
  atPrice: (price: string) => `À ${price} par XMR`,
  heldNote: {
    buy: 'Les XMR du vendeur sont bloqués pour vous pendant que vous payez.',
    sell: 'Vos XMR sont bloqués jusqu’à ce que vous confirmiez l’arrivée de l’argent.',
  },
  signInToTrade: 'Se connecter pour échanger',
  outOfLimits: (min: string, max: string) => `Indiquez entre ${min} et ${max}.`,
  own: 'C’est votre offre. Voici ce que voient les autres.',
  edit: 'Modifier',
  notOpen: { paused: 'Cette offre est en pause.', closed: 'Cette offre est fermée.', open: '' },
  priceMoved: (price: string) => `Le prix est maintenant de ${price} par XMR.`,
  newTitle: 'Nouvelle offre',
  editTitle: 'Modifier l’offre',
  mineTitle: 'Mes offres',
  mineEmptyTitle: 'Pas encore d’offre',
  mineEmptyText: 'Publiez une offre d’achat ou de vente à votre prix, et attendez que quelqu’un la prenne.',
  side: 'Je veux',
  sides: { sell: 'Vendre des XMR', buy: 'Acheter des XMR' },
  sideHints: {
    sell: 'Vous avez des XMR et voulez de l’argent',
    buy: 'Vous avez de l’argent et voulez des XMR',
  },
  currency: 'Devise',
  priceKind: 'Prix',
  market: 'Suivre le marché',
  fixed: 'Prix fixe',
  margin: 'Marge sur le prix du marché (%)',
  marginHint: 'En dessous de 0 : moins cher que le marché',
  marginWrong: 'Indiquez un pourcentage de −50 à 100, avec au plus 2 décimales.',
  fixedPrice: (currency: string) => `Prix de 1 XMR (${currency})`,
  min: (currency: string) => `Plus petit échange (${currency})`,
  max: (currency: string) => `Plus grand échange (${currency})`,
  minAboveMax: 'Le plus petit échange ne peut pas dépasser le plus grand.',
  moreMethods: 'Autres moyens connus',
  chooseMore: 'Choisir…',
  otherMethod: 'Autre moyen',
  addMethod: 'Ajouter',
  chooseMethod: 'Choisissez au moins un moyen, et au plus 10.',
  windowMinutes: 'Délai de paiement (minutes)',
  windowHint: 'De 1 minute à 3 jours (4320)',
  windowWrong: 'Indiquez des minutes entières, de 1 à 4320.',
  termsHint: 'Facultatif. Ce que l’autre personne doit savoir avant de commencer.',
  preview: 'Aperçu',
  previewPrice: (price: string) => `1 XMR = ${price}`,
  previewMarket: (price: string) => `Marché : ${price}`,
  previewExample: (fiat: string, xmr: string) => `${fiat} donnent ${xmr}`,
  noMarketPrice: 'Aucun prix de marché n’est connu pour l’instant : le vôtre ne peut pas lui être comparé.',
  farOff: {
    above: (percent: string) => `Votre prix dépasse celui du marché de ${percent}`,
    below: (percent: string) => `Votre prix est inférieur de ${percent} à celui du marché`,
  },
  comparePrices: (offer: string, market: string) =>
    `1 XMR coûte ${offer} dans cette offre et ${market} sur le marché.`,
  farOffMeans: {
    sell: {
      above: 'Les acheteurs trouvent moins cher ailleurs : votre offre risque de rester sans preneur.',
      below:
        'Vous vendriez vos XMR moins cher qu’ils ne valent. La différence irait à la personne qui prend l’offre.',
    },
    buy: {
      above:
        'Vous paieriez les XMR plus cher qu’ils ne valent. La différence irait à la personne qui prend l’offre.',
      below: 'Les vendeurs obtiennent plus ailleurs : votre offre risque de rester sans preneur.',
    },
  },
  farOffTaken: {
    above: (percent: string) => `Ce prix dépasse celui du marché de ${percent}`,
    below: (percent: string) => `Ce prix est inférieur de ${percent} à celui du marché`,
  },
  farOffTakenMeans: {
    buy: {
      above: 'Vous paieriez les XMR plus cher qu’ils ne valent. La différence irait au vendeur.',
      below:
        'Vous paieriez les XMR moins cher qu’ils ne valent. Demandez-vous pourquoi on vous propose cela.',
    },
    sell: {
      above: 'Vous vendriez vos XMR plus cher qu’ils ne valent. Demandez-vous pourquoi on vous propose cela.',
      below: 'Vous vendriez vos XMR moins cher qu’ils ne valent. La différence irait à l’acheteur.',
    },
  },
  startAnyway: 'Commencer à ce prix',
  keepPrice: 'Garder ce prix',
  changePrice: 'Changer le prix',
  publish: 'Publier l’offre',
  save: 'Enregistrer',
  published: 'Votre offre est sur le marché.',
  publishedUnlisted: 'Votre offre est enregistrée, mais n’apparaît pas sur le marché.',
  unlisted: 'Seulement pour qui a le lien',
  unlistedHint: 'L’offre n’apparaît pas sur le marché. Toute personne qui a son lien peut la prendre.',
  unlistedNote: 'Cette offre n’apparaît pas sur le marché. On ne la trouve que par son lien.',
  link: 'Lien vers l’offre',
  byLinkOnly: 'Par lien seulement',
  notCovered:
    'Absente du marché, car vous avez moins de XMR que n’en demande le plus petit échange. L’offre y revient d’elle-même dès que vous en avez assez.',
  toWallet: 'Ouvrir le portefeuille',
  saved: 'Vos modifications sont enregistrées.',
  changedElsewhere:
    'L’offre a été modifiée ailleurs. Votre saisie est conservée : enregistrez à nouveau pour l’appliquer à la dernière version.',
  states: { open: 'Ouverte', paused: 'En pause', closed: 'Fermée' },
  pause: 'Mettre en pause',
  reopen: 'Rouvrir',
  pauseAll: 'Mettre toutes les offres en pause',
  allPaused: (n: number) =>
    n === 0
      ? 'Aucune offre n’était ouverte.'
      : `${plural(n, 'offre')} en pause. Les échanges en cours continuent.`,
  resumeAll: 'Reprendre les offres',
  allResumed: (n: number) =>
    n === 0
      ? 'Aucune offre n’a été rouverte. Celles que vous avez mises en pause une par une le restent, tout comme vos offres de vente tant que votre solde est négatif.'
      : n === 1
        ? '1 offre rouverte.'
        : `${n} offres rouvertes.`,
  closeOffer: 'Fermer l’offre',
  closeTitle: 'Fermer cette offre pour de bon ?',
  closeText: 'Elle disparaît du marché et ne peut plus être rouverte. Ses échanges continuent.',
  closed: 'L’offre est fermée.',
} satisfies Messages['offers'];

function plural(n: number, unit: string) {
  return `${n} ${unit}${n < 2 ? '' : 's'}`;
}
