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
  sessionTitle: 'Ce navigateur',
  sessionText: 'La déconnexion met fin à la session sur cet appareil.',
} satisfies Messages['account'];
