import type { Messages } from '../messages.ts';

export const problems = {
  invalid_json: 'Le site a envoyé quelque chose d’illisible pour le serveur. Rechargez la page et réessayez.',
  invalid_request: 'Le formulaire contient une erreur. Vérifiez les champs signalés.',
  invalid_cursor: 'La liste a changé. Rechargez-la depuis le début.',
  idempotency_key_missing: 'Le site a envoyé une demande incomplète. Rechargez la page et réessayez.',
  not_signed_in: 'Vous n’êtes plus connecté. Connectez-vous pour continuer.',
  wrong_credentials: 'Le nom d’utilisateur ou le mot de passe est incorrect.',
  wrong_code: 'Ce code ou cette clé d’accès est incorrect, déjà utilisé ou trop ancien.',
  session_ended: 'Votre session est terminée. Reconnectez-vous.',
  second_factor_required: 'Confirmez avec votre second facteur.',
  wrong_second_factor:
    'Le mot de passe, le code ou la clé d’accès est incorrect, déjà utilisé ou trop ancien.',
  not_your_step: 'C’est au tour de l’autre personne.',
  wrong_password: 'Le mot de passe est incorrect.',
  not_allowed: 'Votre compte n’a pas le droit de faire cela.',
  suspended:
    'Votre compte est suspendu : vous pouvez terminer vos échanges en cours, mais ni en commencer, ni retirer de XMR. La page de votre compte en donne le motif.',
  not_found: 'Cet élément n’existe pas, ou vous n’y avez pas accès.',
  method_not_allowed: 'Le serveur ne connaît pas cette demande. Rechargez la page.',
  out_of_order: 'Entre-temps, quelque chose a changé : cette étape n’est plus possible.',
  too_many_open:
    'Vous avez atteint le maximum permis par compte. Terminez ou annulez d’abord un échange, attendez qu’un retrait en file d’attente soit envoyé, ou utilisez une adresse de dépôt que vous avez déjà.',
  insufficient_funds: 'Le solde qui doit payer est insuffisant.',
  offer_not_open: 'Cette offre est en pause ou fermée.',
  account_not_empty:
    'Votre compte a des échanges en cours ou des XMR. Terminez les échanges et retirez tout d’abord.',
  own_offer: 'C’est votre propre offre : on n’échange pas avec soi-même.',
  already_reviewed: 'Vous avez déjà évalué cet échange.',
  username_taken: 'Ce nom d’utilisateur est déjà pris ou réservé. Choisissez-en un autre.',
  changed_since: 'Ceci a été modifié ailleurs depuis que vous l’avez ouvert.',
  price_changed:
    'Le prix a bougé pendant votre réflexion. Consultez le nouveau prix et recommencez s’il vous convient.',
  body_too_large: 'C’est trop de texte.',
  not_json: 'Le site a envoyé quelque chose d’illisible pour le serveur. Rechargez la page et réessayez.',
  amount_out_of_range: 'Le montant est en dehors des limites.',
  invalid_address: 'Ce n’est pas une adresse Monero.',
  wrong_network: 'Cette adresse appartient à un autre réseau Monero.',
  own_address: 'C’est votre propre adresse de dépôt ici.',
  unsupported_currency: 'Cette devise n’est pas échangée ici.',
  method_not_offered: 'L’offre n’accepte pas ce moyen de paiement.',
  password_too_common: 'Ce mot de passe est trop facile à deviner, ou contient votre nom d’utilisateur.',
  invalid_token: 'Ce lien est erroné, déjà utilisé ou trop ancien. Demandez-en un nouveau.',
  invalid_attachment:
    'Cette image ne peut pas être envoyée. Choisissez une image PNG, JPEG ou WebP d’au plus 5 Mo, non animée.',
  idempotency_key_reused:
    'Ceci a déjà été envoyé avec d’autres données. Rechargez la page et vérifiez avant de réessayer.',
  too_many_requests: 'Trop d’essais. Attendez un moment.',
  internal: 'Une erreur s’est produite de notre côté.',
  halted: 'C’est arrêté pour l’instant.',
  dependency_unavailable: 'Une partie de Pupero est injoignable pour l’instant. Réessayez dans un moment.',
  price_unavailable: 'Il n’y a pas de prix de marché à jour. Réessayez dans un instant.',
} satisfies Messages['problems'];

export const faults = {
  unreachable: 'Le serveur ne répond pas. Rien de ce que vous avez saisi n’est perdu : réessayez.',
  unknown: 'Un imprévu s’est produit. Réessayez.',
  passkeys: {
    not_made:
      'Aucune clé d’accès n’a été créée : la demande a été annulée, ou le délai est écoulé. Réessayez.',
    not_used:
      'Aucune clé d’accès n’a été utilisée et rien n’a été envoyé : la demande a été annulée, ou le délai est écoulé. Réessayez.',
    exists: 'Ce compte a déjà une clé d’accès sur cet appareil.',
    other_site: 'Les clés d’accès de ce site ne fonctionnent pas à cette adresse.',
    failed:
      'Votre navigateur ou votre appareil n’y est pas parvenu avec une clé d’accès. Réessayez, ou utilisez un autre appareil.',
    none: 'Votre compte n’a plus de clé d’accès. Utilisez un code.',
  },
  amount: (decimals: number) =>
    decimals === 0
      ? 'Indiquez un montant entier supérieur à 0.'
      : `Indiquez un montant supérieur à 0, avec au plus ${decimals} décimales.`,
  unreadableAmount: (example: string) =>
    `Ce n’est pas un montant. Écrivez-le par exemple ainsi : ${example}.`,
  otherUnit: (unit: string) => `Ici, le montant est en ${unit}.`,
  tooLarge: 'Ce montant est trop élevé.',
  askAmount: (one: string, other: string) => `Vouliez-vous dire ${one} ou ${other} ?`,
  invisibleAfter: (before: string) =>
    `Un caractère invisible se trouve après « ${before} ». Supprimez-le à cet endroit, ou tapez le texte au lieu de le coller.`,
  invisibleAtStart:
    'Un caractère invisible se trouve au début. Supprimez-le à cet endroit, ou tapez le texte au lieu de le coller.',
} satisfies Messages['faults'];
