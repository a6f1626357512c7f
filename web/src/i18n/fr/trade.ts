import type { Messages } from '../messages.ts';

export const trade: Messages['trade'] = {
  title: {
    buyer: (xmr: string, name: string) => `Achat de ${xmr} à ${name}`,
    seller: (xmr: string, name: string) => `Vente de ${xmr} à ${name}`,
    arbitrator: (xmr: string, seller: string, buyer: string) =>
      `Litige sur ${xmr} entre ${seller} et ${buyer}`,
  },
  mineTitle: 'Mes échanges',
  noneInState: 'Aucun échange dans cet état',
  showAll: 'Afficher tous les échanges',
  mineEmptyTitle: 'Pas encore d’échange',
  mineEmptyText: 'Un échange commence quand vous prenez une offre, ou que quelqu’un prend la vôtre.',
  filter: 'Afficher',
  all: 'Tous',
  states: {
    awaiting_payment: 'En attente du paiement',
    payment_sent: 'Paiement envoyé',
    disputed: 'En litige',
    completed: 'Terminé',
    cancelled: 'Annulé',
    expired: 'Expiré',
    resolved: 'Tranché',
  },
  steps: 'Où en est cet échange',
  stepDone: 'fait',
  stepHeld: 'XMR bloqués',
  stepSent: 'Argent envoyé',
  stepReceived: 'Argent reçu',
  stepDelivered: 'XMR remis',
  stepDisputed: 'Litige',
  stepResolved: 'Tranché',
  stepEnded: { cancelled: 'Annulé', expired: 'Délai dépassé' },
  now: 'À faire maintenant',
  ended: 'Comment il s’est terminé',
  next: {
    buyer: {
      awaiting_payment: ({ fiat, method, seller }) =>
        `Envoyez ${fiat} à ${seller} par ${method}. Appuyez ensuite sur le bouton pour que ${seller} vérifie.`,
      payment_sent: ({ seller }) =>
        `Vous avez signalé votre paiement. ${seller} vérifie maintenant que l’argent est arrivé et libère les XMR.`,
      disputed: () =>
        'Un arbitre va trancher. Les XMR restent bloqués. Vous pouvez encore vous entendre entre vous.',
    },
    seller: {
      awaiting_payment: ({ fiat, method, buyer }) =>
        `Vos XMR sont bloqués. Attendez que ${buyer} envoie ${fiat} par ${method}.`,
      payment_sent: ({ fiat, method, buyer }) =>
        `${buyer} dit avoir envoyé l’argent. Vérifiez que ${fiat} sont bien arrivés par ${method} avant de confirmer.`,
      disputed: () =>
        'Un arbitre va trancher. Les XMR restent bloqués. Vous pouvez encore vous entendre entre vous.',
    },
    arbitrator: {
      awaiting_payment: () => '',
      payment_sent: () => '',
      disputed: ({ opener }) =>
        `${opener} demande une décision. Lisez les faits, puis répartissez les XMR bloqués.`,
    },
  },
  ends: {
    buyer: {
      completed: ({ seller }) => `${seller} a confirmé votre paiement. Les XMR sont dans votre portefeuille.`,
      seller_gave_in: ({ seller }) =>
        `${seller} a cédé dans le litige. Les XMR sont dans votre portefeuille.`,
      cancelled: () => 'Vous avez annulé cet échange. Les XMR sont revenus au vendeur.',
      buyer_gave_in: () => 'Vous avez cédé dans le litige. Les XMR sont revenus au vendeur.',
      both: ({ asker, agreer }) =>
        `${asker} a proposé de mettre fin à cet échange, et ${agreer} a accepté. Les XMR sont revenus au vendeur.`,
      expired: () => 'Vous n’avez pas payé à temps : l’échange a expiré. Les XMR sont revenus au vendeur.',
      resolved: ({ toBuyer, toSeller, seller }) =>
        `Un arbitre a tranché le litige : vous recevez ${toBuyer}, et ${seller} reçoit ${toSeller}.`,
    },
    seller: {
      completed: ({ buyer }) => `Vous avez confirmé la réception, et les XMR sont maintenant à ${buyer}.`,
      seller_gave_in: ({ buyer }) => `Vous avez cédé dans le litige, et les XMR sont maintenant à ${buyer}.`,
      cancelled: ({ buyer }) => `${buyer} a annulé cet échange. Vos XMR sont de nouveau disponibles.`,
      buyer_gave_in: ({ buyer }) => `${buyer} a cédé dans le litige. Vos XMR sont de nouveau disponibles.`,
      both: ({ asker, agreer }) =>
        `${asker} a proposé de mettre fin à cet échange, et ${agreer} a accepté. Vos XMR sont de nouveau disponibles.`,
      expired: ({ buyer }) =>
        `${buyer} n’a pas payé à temps : l’échange a expiré. Vos XMR sont de nouveau disponibles.`,
      resolved: ({ toBuyer, toSeller, buyer }) =>
        `Un arbitre a tranché le litige : vous récupérez ${toSeller}, et ${buyer} reçoit ${toBuyer}.`,
    },
    arbitrator: {
      completed: () => '',
      seller_gave_in: ({ seller, buyer }) => `${seller} a cédé. Les XMR sont à ${buyer}.`,
      cancelled: () => '',
      buyer_gave_in: ({ seller, buyer }) => `${buyer} a cédé. Les XMR sont revenus à ${seller}.`,
      both: ({ asker, agreer }) =>
        `${asker} a proposé de mettre fin à cet échange, et ${agreer} a accepté. Les XMR sont revenus au vendeur.`,
      expired: () => '',
      resolved: ({ toBuyer, toSeller, buyer, seller }) =>
        `Un arbitre a tranché : ${buyer} reçoit ${toBuyer}, et ${seller} reçoit ${toSeller}.`,
    },
  },
  sentMoney: 'J’ai envoyé l’argent',
  receivedMoney: 'J’ai reçu l’argent',
  releaseTitle: 'L’argent est-il vraiment arrivé ?',
  releaseText: (fiat: string, xmr: string, name: string) =>
    `Vous confirmez avoir reçu ${fiat}. ${xmr} vont alors à ${name}, définitivement.`,
  release: (xmr: string) => `Libérer ${xmr}`,
  cancel: 'Annuler l’échange',
  cancelTitle: 'Annuler cet échange ?',
  cancelText: (xmr: string, name: string) =>
    `N’annulez pas si vous avez déjà payé. ${xmr} reviennent à ${name}.`,
  cancelYes: 'Oui, annuler l’échange',
  cancelNo: 'Garder l’échange',
  timeToPay: 'Temps restant pour payer',
  expiring: 'Le temps est écoulé : l’échange va expirer.',
  changedNow: (state: string) => `Entre-temps, l’échange a changé. État actuel : ${state}.`,
  nowState: (state: string) => `Échange : ${state}.`,
  facts: 'Détails de l’échange',
  howToPay: {
    buyer: 'Comment payer',
    seller: 'Comment l’acheteur paie',
    arbitrator: 'Comment l’acheteur paie',
  },
  noDetails: {
    buyer: (seller: string) =>
      `${seller} n’a indiqué aucun compte pour ce paiement. Lisez les conditions de l’offre et n’envoyez rien avant de savoir où.`,
    seller: () =>
      'Vous n’avez indiqué aucun compte pour ce paiement : l’acheteur ne voit donc pas où envoyer l’argent.',
    arbitrator: (seller: string) => `${seller} n’a indiqué aucun compte pour ce paiement.`,
  },
  reference: 'Référence',
  referenceHint:
    'Inscrivez la référence sur le paiement, et rien d’autre. Le vendeur y reconnaît votre paiement.',
  transferCode: 'Code QR de ce virement',
  transferCodeHint:
    'Scannez-le avec l’application de votre banque, qui remplit le virement. Vérifiez-le avant de confirmer.',
  toPay: 'Argent',
  xmr: 'Monero',
  price: 'Prix de 1 XMR',
  method: 'Moyen de paiement',
  buyer: 'Acheteur',
  seller: 'Vendeur',
  started: 'Commencé',
  id: 'Numéro de l’échange',
  terms: 'Conditions de l’offre',
  toWallet: 'Vers le portefeuille',
  open: (name: string) => `Ouvrir l’échange avec ${name}`,
  roles: { buyer: 'Achat', seller: 'Vente', arbitrator: 'Arbitrage' },

  askEnd: 'Proposer de mettre fin à l’échange',
  askEndTitle: 'Mettre fin à cet échange d’un commun accord ?',
  askEndText: (name: string) => `${name} devra donner son accord. Les XMR reviendront alors au vendeur.`,
  askEndYes: 'Proposer',
  youAskedEnd: (name: string) =>
    `Vous avez proposé de mettre fin à cet échange. ${name} n’a pas encore donné son accord.`,
  theyAskEnd: (name: string) =>
    `${name} propose de mettre fin à cet échange. Les XMR reviendraient au vendeur.`,
  retractEnd: 'Retirer la proposition',
  acceptEnd: 'Accepter la fin',
  acceptEndTitle: 'Accepter de mettre fin à cet échange ?',
  acceptEndText: (xmr: string, name: string) => `${xmr} reviennent à ${name}, définitivement.`,
  acceptEndYes: 'Oui, mettre fin à l’échange',
  acceptEndWarning: 'N’acceptez pas si vous avez payé et que votre argent ne vous a pas été rendu.',

  dispute: 'Ouvrir un litige',
  disputeTitle: 'Ouvrir un litige ?',
  disputeText:
    'Un arbitre décidera à qui vont les XMR bloqués. Essayez d’abord de vous entendre, car une décision prend du temps.',
  disputeReason: 'Que se passe-t-il ?',
  disputeReasonHint: 'L’autre partie et l’arbitre le liront.',
  disputeYes: 'Ouvrir le litige',
  disputeFacts: 'Le litige',
  disputeOpened: (name: string, date: string) => `Ouvert par ${name} le ${date}`,
  disputeReasonErased: 'Le motif a été effacé avec le compte de son auteur.',
  decision: 'La décision',
  decidedAt: (date: string) => `Tranché par un arbitre le ${date}`,
  giveInRelease: 'Céder : libérer les XMR',
  giveInCancel: 'Céder : rendre les XMR',

  decide: 'Trancher',
  decideText: (xmr: string) => `Répartissez ${xmr} entre les deux parties. La décision est définitive.`,
  toBuyer: (name: string) => `Pour l’acheteur, ${name} (XMR)`,
  toSeller: (name: string) => `Pour le vendeur, ${name}`,
  allToBuyer: 'Tout à l’acheteur',
  half: 'Moitié-moitié',
  allToSeller: 'Tout au vendeur',
  decideNote: 'Pourquoi ?',
  decideNoteHint: 'Les deux parties le liront.',
  decideWrong: (xmr: string) => `De 0 à ${xmr}.`,
  wordsMissing: 'Écrivez quelques mots.',
  decideTitle: 'Trancher ainsi ?',
  decideYes: 'Oui, trancher',

  history: 'Ce qui s’est passé',
  happened: {
    awaiting_payment: (who: string) => `Commencé par ${who}`,
    payment_sent: (who: string) => `Paiement signalé par ${who}`,
    disputed: (who: string) => `Litige ouvert par ${who}`,
    completed: (who: string) => `XMR libérés par ${who}`,
    cancelled: (who: string) => `Échange arrêté par ${who}`,
    expired: () => 'Délai de paiement dépassé',
    resolved: (who: string) => `Tranché par ${who}`,
  },
  actors: { arbitrator: 'un arbitre', both: 'les deux parties', time: 'le délai' },
};
