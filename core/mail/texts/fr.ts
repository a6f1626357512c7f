import type { MailTexts } from './en.ts';

const NOT_YOU =
  'Si ce n’était pas vous, changez tout de suite de mot de passe et mettez fin aux sessions que vous ne reconnaissez pas.';
const NOT_YOUR_PASSKEY =
  'Si ce n’était pas vous, supprimez tout de suite cette clé d’accès, changez de mot de passe et mettez fin aux sessions que vous ne reconnaissez pas.';
const NOT_YOUR_PAYMENT_ACCOUNT =
  'Si ce n’était pas vous, mettez tout de suite vos offres en pause, rétablissez ce compte de paiement, changez de mot de passe et mettez fin aux sessions que vous ne reconnaissez pas.';
const CHECK = 'Vérifier mon compte';
const SEE_TRADE = 'Voir l’échange';
const SEE_WALLET = 'Voir le portefeuille';
const SEE_WITHDRAWAL = 'Voir le retrait';

export const fr: MailTexts = {
  common: {
    greeting: (username) => `Bonjour ${username},`,
    phrase: (phrase) => `Votre phrase anti-hameçonnage : ${phrase}`,
    noPhrase:
      'Vous n’avez pas encore de phrase anti-hameçonnage. Elle vous permet de distinguer nos e-mails des contrefaçons.',
    footer: 'Pupero ne demande jamais de mot de passe, de code ni de code de secours par e-mail.',
  },
  passwordReset: (username) => ({
    subject: 'Réinitialiser votre mot de passe',
    paragraphs: [
      `Quelqu’un, sans doute vous, a demandé un nouveau mot de passe pour le compte ${username}.`,
      'Le lien est valable une heure et ne sert qu’une fois. Un nouveau mot de passe met fin à toutes les sessions. La double authentification, si vous l’utilisez, reste activée.',
      'Si ce n’était pas vous, ne faites rien : votre mot de passe ne change pas.',
    ],
    action: 'Choisir un nouveau mot de passe',
  }),
  emailConfirmation: (username) => ({
    subject: 'Confirmez votre adresse e-mail',
    paragraphs: [
      `Le compte ${username} souhaite utiliser cette adresse pour les réinitialisations de mot de passe et les avis.`,
      'Le lien est valable 24 heures et ne sert qu’une fois. Ouvrez-le dans un navigateur où vous êtes connecté.',
      'Si ce n’était pas vous, ne faites rien : l’adresse ne sera pas utilisée.',
    ],
    action: 'Confirmer cette adresse',
  }),
  emailInUse: {
    subject: 'Votre adresse est déjà utilisée',
    paragraphs: [
      'Quelqu’un, peut-être vous, a voulu utiliser cette adresse pour un autre compte.',
      'Une adresse n’appartient qu’à un seul compte : rien n’a été modifié.',
    ],
    action: CHECK,
  },
  accountDeleted: {
    subject: 'Votre compte est supprimé',
    paragraphs: [
      'Votre compte a été supprimé, avec tout ce qui vous concerne et ne doit pas être conservé. C’est le dernier e-mail envoyé à cette adresse.',
      'Les mouvements de XMR restent, sans votre nom. Personne ne peut reprendre votre nom d’utilisateur.',
      'Si ce n’était pas vous, quelqu’un connaît votre mot de passe. Changez-le partout où vous l’utilisez encore.',
    ],
    action: 'Ouvrir Pupero',
  },
  notices: {
    signed_in_elsewhere: ({ time, device }) => ({
      subject: 'Nouvelle connexion à votre compte',
      paragraphs: [
        `Une connexion à votre compte a eu lieu depuis un nouvel appareil${device && ` (${device})`} le ${time}.`,
        NOT_YOU,
      ],
      action: CHECK,
    }),
    password_changed: ({ time }) => ({
      subject: 'Votre mot de passe a été changé',
      paragraphs: [
        `Votre mot de passe a été changé le ${time}, et toutes les autres sessions ont pris fin.`,
        NOT_YOU,
      ],
      action: CHECK,
    }),
    totp_turned_on: ({ time }) => ({
      subject: 'La double authentification est activée',
      paragraphs: [
        `La double authentification a été activée le ${time}. Conservez vos codes de secours en lieu sûr.`,
        NOT_YOU,
      ],
      action: CHECK,
    }),
    totp_turned_off: ({ time }) => ({
      subject: 'La double authentification est désactivée',
      paragraphs: [`La double authentification a été désactivée le ${time}.`, NOT_YOU],
      action: CHECK,
    }),
    recovery_codes_renewed: ({ time }) => ({
      subject: 'Nouveaux codes de secours',
      paragraphs: [
        `De nouveaux codes de secours ont été créés le ${time}. Les anciens ne sont plus valables.`,
        NOT_YOU,
      ],
      action: CHECK,
    }),
    passkey_added: ({ time }) => ({
      subject: 'Une clé d’accès a été ajoutée',
      paragraphs: [
        `Une clé d’accès a été ajoutée à votre compte le ${time}. Elle permet de se connecter sans mot de passe.`,
        NOT_YOUR_PASSKEY,
      ],
      action: CHECK,
    }),
    passkey_removed: ({ time }) => ({
      subject: 'Une clé d’accès a été supprimée',
      paragraphs: [`Une clé d’accès a été supprimée de votre compte le ${time}.`, NOT_YOU],
      action: CHECK,
    }),
    payment_account_added: ({ time }) => ({
      subject: 'Un compte de paiement a été ajouté',
      paragraphs: [
        `Un compte de paiement a été ajouté le ${time}. Vos offres et vos échanges peuvent l’indiquer aux acheteurs.`,
        NOT_YOUR_PAYMENT_ACCOUNT,
      ],
      action: CHECK,
    }),
    payment_account_changed: ({ time }) => ({
      subject: 'Un compte de paiement a été modifié',
      paragraphs: [
        `L’un de vos comptes de paiement a été modifié le ${time}. Les échanges déjà commencés gardent leurs coordonnées.`,
        NOT_YOUR_PAYMENT_ACCOUNT,
      ],
      action: CHECK,
    }),
    payment_account_removed: ({ time }) => ({
      subject: 'Un compte de paiement a été supprimé',
      paragraphs: [
        `L’un de vos comptes de paiement a été supprimé le ${time}. Les échanges déjà commencés gardent leurs coordonnées.`,
        NOT_YOUR_PAYMENT_ACCOUNT,
      ],
      action: CHECK,
    }),
    trade_reviewed: ({ time }) => ({
      subject: 'Vous avez reçu une évaluation',
      paragraphs: [
        `Votre partenaire d’échange a écrit une évaluation à votre sujet le ${time}.`,
        'Vous la verrez dès que vous aurez écrit la vôtre, ou au bout de 7 jours. Passé ce délai, vous ne pourrez plus évaluer cet échange.',
      ],
      action: SEE_TRADE,
    }),
    email_change_requested: ({ time }) => ({
      subject: 'Nouvelle adresse e-mail saisie',
      paragraphs: [
        `Une nouvelle adresse e-mail a été saisie pour votre compte le ${time}. Elle remplacera celle-ci dès qu’elle sera confirmée.`,
        NOT_YOU,
      ],
      action: CHECK,
    }),
    email_changed: ({ time }) => ({
      subject: 'Votre adresse e-mail est confirmée',
      paragraphs: [`Cette adresse a été confirmée pour votre compte le ${time}.`, NOT_YOU],
      action: CHECK,
    }),
    account_suspended: ({ time }) => ({
      subject: 'Votre compte est suspendu',
      paragraphs: [
        `Votre compte a été suspendu le ${time}. Vous gardez vos XMR et pouvez terminer vos échanges en cours, mais vous ne pouvez ni en commencer ni retirer de XMR.`,
        'Connectez-vous pour en lire le motif et la durée. Vous pourrez y faire appel une fois.',
      ],
      action: 'Lire le motif',
    }),
    account_restored: ({ time }) => ({
      subject: 'Votre suspension est levée',
      paragraphs: [
        `La suspension de votre compte a été levée le ${time}. Vos offres restent en pause : vous pouvez les reprendre.`,
      ],
      action: CHECK,
    }),
    account_warned: ({ time }) => ({
      subject: 'Avertissement de la modération',
      paragraphs: [`La modération vous a adressé un avertissement le ${time}. Connectez-vous pour le lire.`],
      action: 'Lire l’avertissement',
    }),
    report_closed: ({ time }) => ({
      subject: 'Votre signalement a été traité',
      paragraphs: [`La modération a traité votre signalement le ${time}. Merci de nous avoir prévenus.`],
      action: 'Voir la décision',
    }),
    trade_cancellation_requested: ({ time }) => ({
      subject: 'L’autre partie veut annuler votre échange',
      paragraphs: [
        `L’autre partie a demandé le ${time} l’annulation de votre échange. Si vous acceptez, les XMR retournent au vendeur. Sinon, l’échange continue.`,
      ],
      action: SEE_TRADE,
    }),
    trade_disputed: ({ time }) => ({
      subject: 'Un litige a été ouvert',
      paragraphs: [
        `Un litige a été ouvert le ${time} au sujet de l’un de vos échanges. Les XMR restent bloqués jusqu’à la décision d’un arbitre.`,
        'Vous pouvez encore vous entendre avec l’autre partie sur la page de l’échange.',
      ],
      action: 'Voir l’échange',
    }),
    trade_resolved: ({ time }) => ({
      subject: 'Votre litige est tranché',
      paragraphs: [
        `Un arbitre a tranché le ${time} le litige au sujet de l’un de vos échanges. La page de l’échange indique qui reçoit combien, et pourquoi.`,
      ],
      action: 'Voir la décision',
    }),
    trade_window_moved: ({ time }) => ({
      subject: 'Le délai de paiement est prolongé',
      paragraphs: [
        `Pupero était en panne jusqu’au ${time}. Cette durée ne compte pas : le délai de paiement de l’un de vos échanges est prolongé d’autant.`,
      ],
      action: 'Voir l’échange',
    }),
    withdrawal_requested: ({ time }) => ({
      subject: 'Un retrait a été demandé',
      paragraphs: [`Un retrait de votre compte a été demandé le ${time}.`, NOT_YOU],
      action: SEE_WITHDRAWAL,
    }),
    trade_started: ({ time }) => ({
      subject: 'Votre offre a été prise',
      paragraphs: [
        `Quelqu’un a pris votre offre le ${time}. L’acheteur a maintenant un temps limité pour payer.`,
      ],
      action: SEE_TRADE,
    }),
    trade_payment_sent: ({ time }) => ({
      subject: 'L’acheteur dit avoir payé',
      paragraphs: [
        `L’acheteur de votre échange a confirmé le ${time} que le paiement est parti. Vérifiez que l’argent est arrivé avant de le confirmer.`,
      ],
      action: SEE_TRADE,
    }),
    trade_completed: ({ time }) => ({
      subject: 'Votre échange est terminé',
      paragraphs: [
        `Le vendeur a confirmé le ${time} que le paiement est arrivé. Les XMR sont dans votre portefeuille.`,
      ],
      action: SEE_TRADE,
    }),
    trade_cancelled: ({ time }) => ({
      subject: 'Votre échange a été annulé',
      paragraphs: [`L’autre partie a annulé l’échange le ${time}.`],
      action: SEE_TRADE,
    }),
    trade_expired: ({ time }) => ({
      subject: 'Votre échange a expiré',
      paragraphs: [`Le paiement n’a pas été confirmé à temps, et l’échange a pris fin le ${time}.`],
      action: SEE_TRADE,
    }),
    deposit_seen: ({ time }) => ({
      subject: 'Un dépôt est en route',
      paragraphs: [
        `Un dépôt vers votre portefeuille a été vu le ${time}. Il sera crédité après ses confirmations.`,
      ],
      action: SEE_WALLET,
    }),
    deposit_credited: ({ time }) => ({
      subject: 'Votre dépôt est crédité',
      paragraphs: [`Un dépôt a été crédité dans votre portefeuille le ${time}.`],
      action: SEE_WALLET,
    }),
    deposit_dropped: ({ time }) => ({
      subject: 'Un dépôt a disparu',
      paragraphs: [
        `Un dépôt en route a quitté la chaîne le ${time}. Il sera crédité s’il est miné à nouveau.`,
      ],
      action: SEE_WALLET,
    }),
    deposit_reversed: ({ time }) => ({
      subject: 'Un dépôt a été repris',
      paragraphs: [
        `La chaîne a repris un dépôt crédité le ${time}, et les comptes aussi. Il sera crédité à nouveau s’il est miné à nouveau.`,
      ],
      action: SEE_WALLET,
    }),
    withdrawal_confirmed: ({ time }) => ({
      subject: 'Votre retrait est arrivé',
      paragraphs: [`Un retrait de votre compte a été confirmé le ${time}.`],
      action: SEE_WITHDRAWAL,
    }),
    withdrawal_failed: ({ time }) => ({
      subject: 'Votre retrait a échoué',
      paragraphs: [`Un retrait de votre compte a échoué le ${time}. Ses XMR sont de nouveau disponibles.`],
      action: SEE_WITHDRAWAL,
    }),
  },
};
