import type { Messages } from '../messages.ts';

export const reputation: Messages['reputation'] = {
  searchLabel: 'Début d’un nom d’utilisateur',
  searchHint: 'Au moins deux lettres.',
  searchEmpty: 'Aucun nom ne commence ainsi',
  searchEmptyText: 'La recherche porte sur le début des noms d’utilisateur, pas sur les noms affichés.',
  searchResults: 'Membres',

  facts: 'En bref',
  memberSince: 'Membre depuis',
  trades: 'Échanges conclus',
  people: 'Partenaires différents',
  peopleCounted: (all, counted) => `${all}, qui comptent pour ${counted}`,
  volume: 'Volume',
  bands: {
    none: 'Aucun pour l’instant',
    below_1: 'Moins de 1 XMR',
    '1_to_10': 'De 1 à 10 XMR',
    '10_to_100': 'De 10 à 100 XMR',
    '100_to_1000': 'De 100 à 1 000 XMR',
    from_1000: '1 000 XMR ou plus',
  },
  release: 'Délai habituel de libération',
  releaseMinutes: (n, isOne) => (isOne ? '1 minute' : `${n} minutes`),
  noRelease: 'N’a encore rien vendu',
  disputesLost: 'Litiges perdus',
  stars: (rating) => `${rating} sur 5`,
  noRating: 'Aucune évaluation pour l’instant',
  ratingFrom: (n, isOne, counted) =>
    `${isOne ? '1 évaluation, qui compte' : `${n} évaluations, qui comptent`} pour ${counted}`,

  how: 'Comment c’est compté',
  howParts: [
    'Chaque personne compte une fois. Un deuxième échange avec la même personne ajoute un quart, un troisième un neuvième, et les suivants rien.',
    'Un nouveau compte pèse 1 %, puis un peu plus chaque jour, et pleinement au bout de 30 jours.',
    'Ainsi, 100 comptes neufs d’une même personne comptent ensemble comme une seule, et il faut un mois et 100 échanges pour y changer quelque chose. Cela reste possible : lisez les commentaires, et commencez par de petits montants.',
    'Le volume et la note tiennent compte de ces pondérations. Un litige est perdu si l’arbitre a tout donné à l’autre partie.',
    'Une évaluation reste cachée jusqu’à ce que les deux parties aient écrit la leur, ou pendant 7 jours. Personne ne peut donc répondre à une mauvaise note par une mauvaise note.',
  ],

  reviews: 'Évaluations',
  noReviews: 'Personne n’a encore évalué ce compte.',
  noComment: 'Sans commentaire',
  report: (name) => `Signaler l’évaluation de ${name}`,

  write: (name) => `Comment s’est passé l’échange avec ${name} ?`,
  writeHint:
    'Votre évaluation reste cachée jusqu’à ce que vous ayez tous deux écrit la vôtre, ou pendant 7 jours. Vous ne pourrez pas la modifier.',
  otherWrote: (name) =>
    `${name} a écrit une évaluation à votre sujet. Vous la verrez dès que vous aurez écrit la vôtre, ou au bout de 7 jours ; il sera alors trop tard pour écrire la vôtre.`,
  yourRating: 'Votre note',
  oneStar: (n) => (n === 1 ? '1 étoile' : `${n} étoiles`),
  chooseRating: 'Choisissez une note de 1 à 5 étoiles.',
  comment: 'Commentaire (facultatif)',
  commentHint: 'Il sera public : n’y mettez ni nom, ni adresse, ni numéro de compte.',
  send: 'Envoyer l’évaluation',
  sent: 'Votre évaluation est envoyée.',
  yours: 'Votre évaluation',
  theirs: (name) => `Évaluation de ${name}`,
  hidden: 'Cachée jusqu’à ce que les deux parties aient écrit la leur, ou pendant 7 jours',
};
