import type { Messages } from '../messages.ts';

export const trade = {
  title: {
    buyer: (xmr: string, name: string) => `Achat de ${xmr} à ${name}`,
    seller: (xmr: string, name: string) => `Vente de ${xmr} à ${name}`,
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
    completed: 'Terminé',
    cancelled: 'Annulé',
    expired: 'Expiré',
  },
  steps: 'Où en est cet échange',
  stepDone: 'fait',
  stepHeld: 'XMR bloqués',
  stepSent: 'Argent envoyé',
  stepReceived: 'Argent reçu',
  stepDelivered: 'XMR remis',
  stepEnded: { cancelled: 'Annulé', expired: 'Délai dépassé' },
  now: 'À faire maintenant',
  ended: 'Comment il s’est terminé',
  next: {
    buyer: {
      awaiting_payment: (fiat: string, method: string, seller: string) =>
        `Envoyez ${fiat} à ${seller} par ${method}. Appuyez ensuite sur le bouton pour que ${seller} vérifie.`,
      payment_sent: (_fiat: string, _method: string, seller: string) =>
        `Vous avez signalé votre paiement. ${seller} vérifie maintenant que l’argent est arrivé et libère les XMR.`,
      completed: () => 'Les XMR sont dans votre portefeuille.',
      cancelled: () => 'Vous avez annulé cet échange. Les XMR sont revenus au vendeur.',
      expired: () => 'Le délai de paiement est dépassé. Les XMR sont revenus au vendeur.',
    },
    seller: {
      awaiting_payment: (fiat: string, method: string, _seller: string, buyer: string) =>
        `Vos XMR sont bloqués. Attendez que ${buyer} envoie ${fiat} par ${method}.`,
      payment_sent: (fiat: string, method: string, _seller: string, buyer: string) =>
        `${buyer} dit avoir envoyé l’argent. Vérifiez que ${fiat} sont bien arrivés par ${method} avant de confirmer.`,
      completed: (_fiat: string, _method: string, _seller: string, buyer: string) =>
        `Vous avez confirmé la réception, et les XMR sont maintenant à ${buyer}.`,
      cancelled: (_fiat: string, _method: string, _seller: string, buyer: string) =>
        `${buyer} a annulé cet échange. Vos XMR sont de nouveau disponibles.`,
      expired: () => 'L’acheteur n’a pas payé à temps. Vos XMR sont de nouveau disponibles.',
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
  toPay: 'Argent',
  xmr: 'Monero',
  price: 'Prix de 1 XMR',
  method: 'Moyen de paiement',
  buyer: 'Acheteur',
  seller: 'Vendeur',
  you: 'vous',
  started: 'Commencé',
  id: 'Numéro de l’échange',
  terms: 'Conditions de l’offre',
  toWallet: 'Vers le portefeuille',
  open: (name: string) => `Ouvrir l’échange avec ${name}`,
  roles: { buyer: 'Achat', seller: 'Vente' },
} satisfies Messages['trade'];
