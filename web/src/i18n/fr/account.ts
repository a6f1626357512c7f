import {
  PASSWORD_MAX_CHARACTERS,
  PASSWORD_MIN_CHARACTERS,
  USERNAME_MAX_CHARACTERS,
  USERNAME_MIN_CHARACTERS,
} from '#core/accounts/limits.ts';
import type { Messages } from '../messages.ts';

export const session = {
  signInTitle: 'Se connecter',
  signUpTitle: 'Créer un compte',
  signUpText: 'Un nom d’utilisateur et un mot de passe suffisent. Ni e-mail, ni nom.',
  username: 'Nom d’utilisateur',
  usernameHint: `${USERNAME_MIN_CHARACTERS} à ${USERNAME_MAX_CHARACTERS} lettres, chiffres, - ou _`,
  usernameWrong: `Utilisez ${USERNAME_MIN_CHARACTERS} à ${USERNAME_MAX_CHARACTERS} lettres, chiffres, - ou _, en commençant et finissant par une lettre ou un chiffre.`,
  password: 'Mot de passe',
  passwordHint: `Au moins ${PASSWORD_MIN_CHARACTERS} caractères. Quelques mots pris au hasard conviennent bien.`,
  passwordWrong: `Utilisez ${PASSWORD_MIN_CHARACTERS} à ${PASSWORD_MAX_CHARACTERS} caractères.`,
  showPassword: 'Afficher le mot de passe',
  remember: 'Rester connecté 30 jours',
  noAccount: 'Pas encore de compte ?',
  haveAccount: 'Déjà un compte ?',
  signInFirst: 'Connectez-vous pour accéder à la page demandée.',
  secondFactorTitle: 'Encore une étape',
  secondFactorText:
    'Saisissez les six chiffres de votre application d’authentification, ou un code de secours.',
  code: 'Code',
  stepUpCode: 'Code de votre application d’authentification',
  stepUpHint: 'Six chiffres, ou un code de secours',
  continue: 'Continuer',
  startOver: 'Recommencer',
  welcome: (name: string) => `Bienvenue, ${name}.`,
  signedOut: 'Vous êtes déconnecté.',
  restored: 'Votre saisie précédente a été conservée.',
  discard: 'Effacer',
} satisfies Messages['session'];

export const account = {
  title: 'Compte',
  memberSince: (date: string) => `Membre depuis le ${date}`,
  twoFactor: 'Double authentification',
  on: 'Activée',
  off: 'Désactivée',
  offText:
    'Protégez la connexion, les retraits et la libération des XMR avec un code d’une application d’authentification.',
  onText:
    'La connexion, les retraits, la libération des XMR et l’annulation d’un échange payé demandent un code.',
  turnOn: 'Activer',
  turnOff: 'Désactiver',
  password: 'Votre mot de passe',
  code: 'Code de l’application',
  codeOrRecovery: 'Code de l’application, ou code de secours',
  scan: 'Scannez ce code avec votre application d’authentification, ou saisissez la clé.',
  qr: 'Code QR pour l’application d’authentification',
  key: 'Clé',
  confirm: 'Confirmer le code',
  recoveryTitle: 'Vos codes de secours',
  recoveryText:
    'Si vous perdez votre téléphone, chacun remplace un code une seule fois. Ils ne s’affichent que maintenant : conservez-les bien.',
  download: 'Télécharger',
  downloadName: 'pupero-codes-de-secours.txt',
  kept: 'Je les ai conservés',
  turnedOn: 'La double authentification est activée.',
  turnedOff: 'La double authentification est désactivée.',
  languageTitle: 'Langue',
  languageText: 'Celle du site et des e-mails que vous recevez.',
  profile: 'Profil',
  displayName: 'Nom affiché',
  displayNameHint: 'Les autres le voient à côté de votre nom d’utilisateur. Vous pouvez le laisser vide.',
  displayNameWrong:
    'Choisissez un autre nom : des lettres d’un seul alphabet, et rien qui évoque un membre de l’équipe.',
  phrase: 'Phrase anti-hameçonnage',
  phraseHint:
    'Quelques mots connus de vous seul et de ce site. Elle figure au bas de chaque page. Une page qui demande votre mot de passe sans l’afficher est peut-être une contrefaçon.',
  phraseWrong: 'N’utilisez que des caractères visibles.',
  save: 'Enregistrer',
  saved: 'Votre profil est enregistré.',
  passwordText: 'Le changer met fin à vos sessions sur tous les autres appareils.',
  currentPassword: 'Mot de passe actuel',
  newPassword: 'Nouveau mot de passe',
  changePassword: 'Changer le mot de passe',
  passwordChanged: 'Votre mot de passe est changé. Tous les autres appareils sont déconnectés.',
  codesLeft: (n: number) =>
    n === 0
      ? 'Il ne reste aucun code de secours. Obtenez-en de nouveaux dès maintenant.'
      : n === 1
        ? 'Il reste 1 code de secours.'
        : `Il reste ${n} codes de secours.`,
  renew: 'Nouveaux codes de secours',
  renewed: 'Les nouveaux codes de secours sont valables. Les anciens ne le sont plus.',
  sessions: 'Appareils connectés',
  sessionsText: 'Mettez fin aux sessions que vous ne reconnaissez pas, puis changez de mot de passe.',
  browserOn: (browser: string, system: string) => `${browser} sous ${system}`,
  unknownDevice: 'Appareil inconnu',
  thisDevice: 'Cet appareil',
  lastUsed: (time: string) => `Dernière utilisation : ${time}`,
  endSession: 'Déconnecter',
  endSessionOf: (device: string) => `Déconnecter ${device}`,
  sessionEnded: 'La session est terminée.',
  endOthers: 'Déconnecter tous les autres appareils',
  othersEnded: 'Tous les autres appareils sont déconnectés.',
} satisfies Messages['account'];
