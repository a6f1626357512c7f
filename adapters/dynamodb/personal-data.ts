import type { Key } from './keys.ts';

type Keys = typeof import('./keys.ts');

/** The keys of keys.ts by name. `keyOf` is left out, because it reads the key of any item. */
type RowKey = Exclude<
  { [Name in keyof Keys]: Keys[Name] extends Key | ((...of: never[]) => Key) ? Name : never }[keyof Keys],
  'keyOf'
>;

type Words = { en: string; fr: string };

/**
 * `erase`: the row is removed, or reduced to the fields that `because` names. `keep`: the row stays under the account's
 * id, which no longer leads to a person. `expires`: the row cannot be listed, and DynamoDB TTL or its own step removes
 * it. `none`: the row is about no person.
 */
export type OnDeletion = 'erase' | 'keep' | 'expires' | 'none';

type Declared = {
  table: string;
  content: Words;
  /** The kind of its records in an export, or `none`. */
  exportedAs: string;
  onDeletion: OnDeletion;
  because: Words;
};

const HOUSE: Pick<Declared, 'exportedAs' | 'onDeletion' | 'because'> = {
  exportedAs: 'none',
  onDeletion: 'none',
  because: { en: 'It is about no person.', fr: 'Elle ne concerne personne.' },
};

/** The treatment of each kind of row at a deletion, by the name of its key. A key without an entry does not compile. */
export const PERSONAL_DATA: Record<RowKey, Declared> = {
  accountKey: {
    table: 'accounts, secondFactors',
    content: { en: 'the account; its second factor', fr: 'le compte ; sa double authentification' },
    exportedAs: 'account, second_factor',
    onDeletion: 'erase',
    because: {
      en: 'Its id, version and two times stay, so that a late change is refused.',
      fr: 'Du compte restent son identifiant, sa version et deux dates, pour refuser un changement tardif.',
    },
  },
  usernameKey: {
    table: 'accounts',
    content: { en: 'a taken username', fr: 'un nom d’utilisateur pris' },
    exportedAs: 'account',
    onDeletion: 'keep',
    because: {
      en: 'Nobody may take the name of somebody else. The row no longer names an account.',
      fr: 'Personne ne doit prendre le nom d’autrui. La ligne ne dit plus à qui il était.',
    },
  },
  emailKey: {
    table: 'accounts',
    content: { en: 'a confirmed e-mail address', fr: 'une adresse e-mail confirmée' },
    exportedAs: 'account',
    onDeletion: 'erase',
    because: {
      en: 'It serves resets and notices only.',
      fr: 'Elle ne sert qu’aux réinitialisations et avis.',
    },
  },
  deletionKey: {
    table: 'accounts',
    content: { en: 'a deletion that is under way', fr: 'une suppression en cours' },
    exportedAs: 'none',
    onDeletion: 'erase',
    because: {
      en: 'It is removed when everything is erased, after a few minutes.',
      fr: 'Elle est retirée quand tout est effacé, après quelques minutes.',
    },
  },
  sessionKey: {
    table: 'sessions',
    content: { en: 'a sign-in: device and times', fr: 'une connexion : appareil et dates' },
    exportedAs: 'session',
    onDeletion: 'erase',
    because: { en: 'Nobody may stay signed in.', fr: 'Personne ne doit rester connecté.' },
  },
  mailTokenKey: {
    table: 'sessions',
    content: { en: 'the digest of a mailed link', fr: 'l’empreinte d’un lien envoyé' },
    exportedAs: 'none',
    onDeletion: 'expires',
    because: {
      en: 'It is void after a day at most, and dropped some hours later.',
      fr: 'Elle est caduque au bout d’un jour au plus, et retirée quelques heures après.',
    },
  },
  challengeKey: {
    table: 'sessions',
    content: { en: 'a sign-in that waits for a code', fr: 'une connexion qui attend un code' },
    exportedAs: 'none',
    onDeletion: 'expires',
    because: { en: 'It is void after 5 minutes.', fr: 'Elle est caduque au bout de 5 minutes.' },
  },
  passkeyKey: {
    table: 'secondFactors',
    content: {
      en: 'a passkey: its name, public key and times',
      fr: 'une clé d’accès : nom, clé publique et dates',
    },
    exportedAs: 'passkey',
    onDeletion: 'erase',
    because: { en: 'It serves sign-ins only.', fr: 'Elle ne sert qu’aux connexions.' },
  },
  passkeyChallengeKey: {
    table: 'secondFactors',
    content: { en: 'a request for a passkey', fr: 'une demande de clé d’accès' },
    exportedAs: 'none',
    onDeletion: 'expires',
    because: { en: 'It is void after 5 minutes.', fr: 'Elle est caduque au bout de 5 minutes.' },
  },
  throttleKey: {
    table: 'sessions, secondFactors, talk',
    content: {
      en: 'a limit of tries, by network or account',
      fr: 'une limite d’essais, par réseau ou compte',
    },
    exportedAs: 'none',
    onDeletion: 'expires',
    because: {
      en: 'A deletion must not give a guesser new tries. It is dropped within a day or two.',
      fr: 'Une suppression ne doit pas redonner d’essais. Elle est retirée en un jour ou deux.',
    },
  },
  knownPlaceKey: {
    table: 'sessions',
    content: { en: 'a network or device of earlier sign-ins', fr: 'un réseau ou appareil déjà connu' },
    exportedAs: 'known_place',
    onDeletion: 'erase',
    because: { en: 'It serves sign-ins only.', fr: 'Elle ne sert qu’aux connexions.' },
  },
  paymentAccountKey: {
    table: 'paymentAccounts',
    content: { en: 'a way to be paid, encrypted', fr: 'un moyen d’être payé, chiffré' },
    exportedAs: 'payment_account',
    onDeletion: 'erase',
    because: { en: 'It serves trades only.', fr: 'Elle ne sert qu’aux échanges.' },
  },
  paymentAccountCountKey: {
    table: 'paymentAccounts',
    content: { en: 'the number of ways to be paid', fr: 'le nombre de moyens d’être payé' },
    exportedAs: 'payment_account',
    onDeletion: 'erase',
    because: { en: 'Nothing is left to count.', fr: 'Il ne reste rien à compter.' },
  },
  personKey: {
    table: 'people',
    content: { en: 'the name that others see', fr: 'le nom que les autres voient' },
    exportedAs: 'public_profile',
    onDeletion: 'erase',
    because: {
      en: 'The others see `deleted`. The number of trades stays, because it is part of their trades.',
      fr: 'Les autres voient `deleted`. Le nombre d’échanges reste, car il fait partie des leurs.',
    },
  },
  offerKey: {
    table: 'offers',
    content: { en: 'an offer with its terms', fr: 'une offre et ses conditions' },
    exportedAs: 'offer',
    onDeletion: 'erase',
    because: { en: 'Nobody can take it any more.', fr: 'Personne ne peut plus la prendre.' },
  },
  tradeKey: {
    table: 'trades',
    content: { en: 'a trade', fr: 'un échange' },
    exportedAs: 'trade',
    onDeletion: 'keep',
    because: {
      en: 'It belongs to the other party as well. The own terms and payment details in it are erased.',
      fr: 'Il appartient aussi à l’autre partie. Ses propres conditions et coordonnées de paiement y sont effacées.',
    },
  },
  referenceKey: {
    table: 'trades',
    content: { en: 'the reference of an open trade', fr: 'la référence d’un échange ouvert' },
    exportedAs: 'trade',
    onDeletion: 'erase',
    because: {
      en: 'It is removed when the trade ends, and a deletion begins after that.',
      fr: 'Elle est retirée à la fin de l’échange, et une suppression ne commence qu’après.',
    },
  },
  messageKey: {
    table: 'talk',
    content: {
      en: 'a message in a trade, with its picture',
      fr: 'un message dans un échange, avec son image',
    },
    exportedAs: 'message',
    onDeletion: 'erase',
    because: {
      en: 'Text and picture are erased at once, and the rest 30 days after the end of the trade.',
      fr: 'Texte et image sont effacés aussitôt, et le reste 30 jours après la fin de l’échange.',
    },
  },
  attachmentKey: {
    table: 'talk',
    content: { en: 'an upload of a picture', fr: 'l’envoi d’une image' },
    exportedAs: 'none',
    onDeletion: 'expires',
    because: {
      en: 'It is removed with its file once the picture is sent, or after an hour.',
      fr: 'Il est retiré avec son fichier une fois l’image envoyée, ou au bout d’une heure.',
    },
  },
  readMarkKey: {
    table: 'talk',
    content: { en: 'that a party has read messages', fr: 'qu’une partie a lu des messages' },
    exportedAs: 'none',
    onDeletion: 'expires',
    because: {
      en: 'It names a role, and is erased 30 days after the end of the trade.',
      fr: 'Elle nomme un rôle, et est effacée 30 jours après la fin de l’échange.',
    },
  },
  talkKey: {
    table: 'talk',
    content: { en: 'that a trade has messages', fr: 'qu’un échange a des messages' },
    exportedAs: 'none',
    onDeletion: 'expires',
    because: {
      en: 'It is erased with the messages.',
      fr: 'Elle est effacée avec les messages.',
    },
  },
  transferKey: {
    table: 'ledger',
    content: { en: 'a movement of XMR', fr: 'un mouvement de XMR' },
    exportedAs: 'entry',
    onDeletion: 'keep',
    because: {
      en: 'The books must balance. It has no name.',
      fr: 'Les comptes doivent rester justes. Il ne porte aucun nom.',
    },
  },
  balanceKey: {
    table: 'ledger',
    content: { en: 'a balance', fr: 'un solde' },
    exportedAs: 'entry',
    onDeletion: 'keep',
    because: { en: 'It is 0, and belongs to the books.', fr: 'Il est nul, et fait partie des comptes.' },
  },
  drawnKey: {
    table: 'ledger',
    content: { en: 'play money drawn on a day', fr: 'l’argent fictif tiré en un jour' },
    exportedAs: 'entry',
    onDeletion: 'keep',
    because: {
      en: 'It is a sum of movements that are kept, and exists on regtest only.',
      fr: 'C’est une somme de mouvements conservés, et n’existe que sur regtest.',
    },
  },
  withdrawalKey: {
    table: 'payments',
    content: { en: 'a withdrawal with its address', fr: 'un retrait et son adresse' },
    exportedAs: 'withdrawal',
    onDeletion: 'keep',
    because: {
      en: 'The house must be able to prove each payment.',
      fr: 'La maison doit pouvoir prouver chaque paiement.',
    },
  },
  depositKey: {
    table: 'payments',
    content: { en: 'a deposit', fr: 'un dépôt' },
    exportedAs: 'deposit',
    onDeletion: 'keep',
    because: {
      en: 'The chain can take it back, and the books must follow.',
      fr: 'La chaîne peut le reprendre, et les comptes doivent suivre.',
    },
  },
  addressKey: {
    table: 'payments',
    content: { en: 'a deposit address', fr: 'une adresse de dépôt' },
    exportedAs: 'deposit_address',
    onDeletion: 'keep',
    because: {
      en: 'It must never be given to somebody else, because payments may still arrive.',
      fr: 'Elle ne doit jamais être donnée à autrui, car des paiements peuvent encore arriver.',
    },
  },
  receivingKey: {
    table: 'payments',
    content: { en: 'present address and counters', fr: 'l’adresse actuelle et des compteurs' },
    exportedAs: 'deposit_address',
    onDeletion: 'keep',
    because: {
      en: 'A late deposit must still be counted.',
      fr: 'Un dépôt tardif doit encore être compté.',
    },
  },
  idempotencyKey: {
    table: 'trades, ledger, payments, talk',
    content: { en: 'the stored answer to a request', fr: 'la réponse gardée d’une requête' },
    exportedAs: 'trade, entry, withdrawal, message',
    onDeletion: 'keep',
    because: {
      en: 'A repeated request must have no second effect. Names and terms in it are erased.',
      fr: 'Une requête répétée ne doit pas agir deux fois. Noms et conditions y sont effacés.',
    },
  },
  eventKey: {
    table: 'events',
    content: { en: 'an event with ids', fr: 'un événement avec des identifiants' },
    exportedAs: 'none',
    onDeletion: 'expires',
    because: {
      en: 'It is removed once delivered, within a minute.',
      fr: 'Il est retiré une fois livré, en une minute.',
    },
  },
  noticeKey: {
    table: 'notices',
    content: {
      en: 'a notice: its kind, time and ids',
      fr: 'un avis : sa nature, sa date et des identifiants',
    },
    exportedAs: 'notice',
    onDeletion: 'erase',
    because: {
      en: 'Nobody is left to be told. Others expire after 90 days.',
      fr: 'Plus personne ne peut être avisé. Les autres expirent après 90 jours.',
    },
  },
  noticeSettingsKey: {
    table: 'notices',
    content: { en: 'the notices that are wanted', fr: 'les avis souhaités' },
    exportedAs: 'notice_settings',
    onDeletion: 'erase',
    because: { en: 'It serves notices only.', fr: 'Elle ne sert qu’aux avis.' },
  },
  reviewKey: {
    table: 'reputation',
    content: { en: 'a review of a trade', fr: 'l’évaluation d’un échange' },
    exportedAs: 'review, received_review',
    onDeletion: 'erase',
    because: {
      en: 'The comment is erased. The rating stays, because it is part of the reputation of somebody else.',
      fr: 'Le commentaire est effacé. La note reste, car elle fait partie de la réputation d’autrui.',
    },
  },
  standingKey: {
    table: 'reputation',
    content: {
      en: 'sums of trades: counterparties, volume, release times',
      fr: 'des sommes d’échanges : partenaires, volume, délais',
    },
    exportedAs: 'reputation',
    onDeletion: 'erase',
    because: { en: 'Nobody sees the profile any more.', fr: 'Plus personne ne voit le profil.' },
  },
  pairKey: {
    table: 'reputation',
    content: {
      en: 'up to three trades of two accounts that were counted',
      fr: 'jusqu’à trois échanges comptés entre deux comptes',
    },
    exportedAs: 'trade',
    onDeletion: 'keep',
    because: {
      en: 'A repeated event must not count a trade again. It has ids only.',
      fr: 'Un événement répété ne doit pas compter deux fois. Elle n’a que des identifiants.',
    },
  },
  liveSlotKey: {
    table: 'live',
    content: {
      en: 'an open page of the site, by the id of its connection',
      fr: 'une page ouverte du site, par l’identifiant de sa connexion',
    },
    exportedAs: 'none',
    onDeletion: 'expires',
    because: {
      en: 'It is removed when the page is closed, or after two hours.',
      fr: 'Elle est retirée quand la page est fermée, ou au bout de deux heures.',
    },
  },
  reportKey: {
    table: 'moderation',
    content: { en: 'a report or an appeal', fr: 'un signalement ou un appel' },
    exportedAs: 'report',
    onDeletion: 'keep',
    because: {
      en: 'The moderators must be able to explain their decisions.',
      fr: 'La modération doit pouvoir expliquer ses décisions.',
    },
  },
  reporterKey: {
    table: 'moderation',
    content: { en: 'the number of open reports', fr: 'le nombre de signalements ouverts' },
    exportedAs: 'report',
    onDeletion: 'keep',
    because: { en: 'It is a number without a name.', fr: 'C’est un nombre sans nom.' },
  },
  auditEntryKey: {
    table: 'moderation',
    content: { en: 'an act of a moderator', fr: 'un acte de la modération' },
    exportedAs: 'none',
    onDeletion: 'keep',
    because: {
      en: 'The log is append-only. It keeps the username that was acted on, and the reason.',
      fr: 'On ne peut qu’ajouter au journal. Il garde le nom d’utilisateur concerné et le motif.',
    },
  },
  listedKey: {
    table: 'moderation',
    content: {
      en: 'that an account has a role or a suspension',
      fr: 'qu’un compte a un rôle ou une suspension',
    },
    exportedAs: 'account',
    onDeletion: 'keep',
    because: {
      en: 'It is an id that no longer leads to a person.',
      fr: 'C’est un identifiant qui ne mène plus à personne.',
    },
  },
  PAYER_KEY: { table: 'payments', content: { en: 'the payer', fr: 'le payeur' }, ...HOUSE },
  HEARTBEAT_KEY: {
    table: 'payments',
    content: { en: 'node and wallet', fr: 'nœud et portefeuille' },
    ...HOUSE,
  },
  TIMER_KEY: { table: 'trades', content: { en: 'the timer', fr: 'la minuterie' }, ...HOUSE },
  WATCHED_KEY: { table: 'payments', content: { en: 'the watcher', fr: 'l’observateur' }, ...HOUSE },
  SUBADDRESSES_KEY: {
    table: 'payments',
    content: { en: 'the number of addresses', fr: 'le nombre d’adresses' },
    ...HOUSE,
  },
  haltsKey: { table: 'halts', content: { en: 'the halts', fr: 'les arrêts' }, ...HOUSE },
  RATES_KEY: { table: 'rates', content: { en: 'the market prices', fr: 'les prix du marché' }, ...HOUSE },
  rateHistoryKey: {
    table: 'rates',
    content: { en: 'former market prices', fr: 'd’anciens prix du marché' },
    ...HOUSE,
  },
  MARKET_HINT_KEY: {
    table: 'live',
    content: { en: 'the time of a hint about the market', fr: 'l’heure d’un signal du marché' },
    ...HOUSE,
  },
  FAUCET_KEY: { table: 'ledger', content: { en: 'the faucet', fr: 'le robinet' }, ...HOUSE },
};
