import type { PageTexts } from "../en/pages.tsx";
import { formatsOf } from "../formats.ts";

const { duration, shortly } = formatsOf("fr");

/** The texts of the pages. Values that are nodes are names, addresses or links. */
export const pages: PageTexts = {
  description: (service) => `Créez votre compte ${service}.`,
  language: "Langue",
  footer: { terms: "Conditions", privacy: "Confidentialité", support: "Aide" },

  loadAgain: "Recharger la page",
  /** The page could be loaded only in part. */
  incomplete:
    "Une partie de cette page n’a pas pu être chargée. Si vous êtes déjà inscrit(e), votre inscription reste valable, et votre e-mail arrivera quand même : son lien fonctionne dans n’importe quel navigateur.",
  unreachable:
    "Nous n’avons pas pu joindre le serveur, ou sa réponse s’est perdue. Veuillez réessayer ; un double envoi est sans risque.",
  outdated:
    "Cette page n’est plus à jour. Aucune action n’a été effectuée ; veuillez recharger la page.",
  /** A refusal, and when to try again. */
  tryAgainIn: (refusal, seconds) =>
    `${refusal} Veuillez patienter ${duration(seconds)}, puis réessayer.`,

  signUp: {
    tab: "Inscription",
    title: "Créez votre compte",
    noScript:
      "Ce formulaire nécessite JavaScript, qui est désactivé dans votre navigateur. Veuillez l’activer pour vous inscrire.",
    username: "Nom d’utilisateur",
    usernameHint: "De 3 à 100 caractères : a–z, 0–9, _. Visible par tous.",
    usernameFree: "Ce nom d’utilisateur est disponible.",
    usernameTaken: "Ce nom d’utilisateur est déjà pris.",
    fullName: "Votre nom",
    fullNameOptional: "Votre nom (facultatif)",
    email: "Adresse e-mail",
    emailHint: "Nous vous enverrons un e-mail pour la confirmer.",
    emailInvited:
      "Votre invitation a été envoyée à cette adresse : vous n’avez pas à la confirmer.",
    didYouMean: (address) => <>Vouliez-vous dire {address} ?</>,
    password: "Mot de passe",
    passwordHint: "Au moins 8 caractères. Bonne idée : quelques mots sans lien entre eux.",
    show: "Afficher",
    hide: "Masquer",
    showPassword: "Afficher le mot de passe",
    hidePassword: "Masquer le mot de passe",
    capsLock: "Verr. Maj activé",
    acceptTerms: (terms) => <>J’accepte les {terms("conditions d’utilisation")}.</>,
    acceptTermsAndPrivacy: (terms, privacy) => (
      <>
        J’accepte les {terms("conditions d’utilisation")} et j’ai lu la{" "}
        {privacy("politique de confidentialité")}.
      </>
    ),
    submit: "S’inscrire",
    submitting: "Inscription en cours…",
    nothingSent:
      "Nous n’avons pas pu joindre le serveur. Rien n’a encore été envoyé ; veuillez réessayer.",
    outdated:
      "Cette page n’est plus à jour. Rien n’a encore été envoyé ; veuillez recharger la page.",
    already: "Déjà inscrit(e) ?",
    signIn: "Se connecter",
    seeMail: "Voir où en est votre e-mail",
    /** The sign-up succeeded, but the next page could not be loaded. */
    stranded: "La page qui montre où en est l’e-mail n’a pas pu être chargée.",
    strandedAgain: "Réessayer",
    goTo: "Aller à la page d’inscription",
  },

  closed: {
    title: "Inscriptions fermées",
    text: "Personne ne peut s’inscrire ici pour le moment. Si vous êtes déjà inscrit(e), le lien de votre e-mail fonctionne toujours.",
  },
  invitationOnly: {
    title: "Sur invitation uniquement",
    text: "Une invitation est nécessaire pour s’inscrire ici. Si vous en avez une, ouvrez le lien qu’elle contient.",
  },

  checkInbox: {
    title: "Consultez votre boîte de réception",
    noScript:
      "Cette page nécessite JavaScript pour montrer où en est votre e-mail. Le lien de l’e-mail fonctionne quand même, mais nécessite lui aussi JavaScript.",
    offline:
      "La connexion est perdue. L’affichage n’est peut-être plus à jour ; nouvelle tentative de connexion au serveur…",
    signedUpAs: (username, email) => (
      <>
        Inscription enregistrée sous le nom {username}. L’e-mail est adressé à {email}.
      </>
    ),
    signedUp: (email) => <>Votre inscription est enregistrée. L’e-mail est adressé à {email}.</>,
    openLinkOrCode:
      "Une fois l’e-mail arrivé, ouvrez son lien : dans ce navigateur, un clic suffit. Ou saisissez son code ici :",
    openLink: "Ouvrez le lien de l’e-mail pour confirmer votre adresse.",
    earlier:
      "L’une de vos tentatives précédentes avait déjà abouti, avec les informations ci-dessous. Ce que vous avez modifié ensuite n’a pas été enregistré.",
    code: "Code reçu par e-mail",
    codeHint: "8 chiffres. Pratique si vous lisez l’e-mail sur un autre appareil.",
    confirm: "Confirmer",
    confirming: "Confirmation en cours…",
    noMail: "Pas d’e-mail ?",
    noMailHint:
      "Il peut mettre une ou deux minutes à arriver. Regardez aussi dans le dossier spam, et vérifiez l’adresse ci-dessus. Si elle est déjà associée à un compte, c’est ce que l’e-mail vous dira.",
    correct: "Corriger l’adresse",
    correctLabel: "Adresse correcte",
    correctHint: "Le lien de l’e-mail envoyé à l’ancienne adresse ne fonctionnera plus.",
    correctSubmit: "Modifier et envoyer l’e-mail",
    correcting: "Modification en cours…",
    keep: "Garder l’adresse actuelle",
    corrected: (email) => `L’adresse est modifiée : votre e-mail est désormais adressé à ${email}.`,
    sameAddress: "C’est l’adresse que nous avons déjà.",
    sendAgain: "Envoyer un nouvel e-mail",
    sendAgainIn: (seconds) => `Envoyer un nouvel e-mail dans ${shortly(seconds)}`,
    sendingAgain: "Demande en cours…",
    sentAgain: "Un nouvel e-mail est en route.",

    refusedTitle: "Nous n’avons pas pu vous envoyer d’e-mail",
    refused:
      "Le serveur de messagerie n’accepte pas d’e-mails pour cette adresse, ou n’en a accepté aucun pendant plus d’une heure. Veuillez vérifier l’adresse.",
    whatYouCanDo: "Ce que vous pouvez faire",
    refusedAddressAgain:
      "Le serveur de messagerie n’accepte pas non plus d’e-mails pour cette adresse.",
    refusedMailAgain: "Le serveur de messagerie n’a pas accepté le nouvel e-mail non plus.",

    /** Signed up, but the browser kept no cookie. */
    unknown:
      "Votre inscription est enregistrée, et l’e-mail est en route. Ouvrez son lien et saisissez le mot de passe que vous avez choisi : cela suffit, dans n’importe quel navigateur.",
    unknownHint:
      "Votre navigateur n’a conservé aucun cookie de notre part : cette page ne peut donc ni montrer où en est l’e-mail, ni accepter son code. Si aucun e-mail n’arrive, regardez aussi dans le dossier spam.",
    goneTitle: "Aucune inscription trouvée",
    noCookie:
      "Nous ne trouvons aucune inscription faite depuis ce navigateur ; il n’a peut-être conservé aucun cookie de notre part. Si vous êtes déjà inscrit(e), votre e-mail arrivera quand même : ouvrez son lien dans n’importe quel navigateur et saisissez votre mot de passe.",
    gone: "Cette inscription n’existe plus : elle a été supprimée ou n’a pas été confirmée à temps.",
  },

  /** The steps from the form to the account. */
  steps: {
    signedUp: "Inscription enregistrée",
    queued: "E-mail en file d’attente",
    unavailable:
      "Le serveur de messagerie est indisponible. Votre e-mail arrivera dès qu’il sera rétabli.",
    sending: "E-mail en cours d’envoi",
    sendingAgain: (attempt, attempts) =>
      `E-mail en cours d’envoi (tentative ${attempt} sur ${attempts})`,
    retrying:
      "Le serveur de messagerie n’a pas encore accepté l’e-mail ; nous continuons d’essayer.",
    retryingAgain: (attempt, attempts) =>
      `Le serveur de messagerie n’a pas encore accepté l’e-mail ; nous continuons d’essayer (tentative ${attempt} sur ${attempts}).`,
    nextTryIn: (seconds) => `Prochaine tentative dans ${shortly(seconds)}.`,
    tryingNow: "Nouvelle tentative en cours.",
    refused: "Le serveur de messagerie a refusé l’e-mail",
    sent: "E-mail transmis pour distribution",
    unknown: "Votre e-mail est pris en charge",
    youConfirm: "Vous confirmez votre adresse",
    confirmed: "Adresse confirmée",
  },

  verify: {
    title: "Confirmez votre adresse",
    noScript:
      "Cette page nécessite JavaScript, qui est désactivé dans votre navigateur. Veuillez l’activer pour confirmer votre adresse.",
    addressOfAccount: (email, username) => (
      <>
        {email}, pour le compte {username}.
      </>
    ),
    oneClick: "Un clic, et votre compte est prêt.",
    otherBrowser:
      "Votre inscription a été faite dans un autre navigateur, ou celui-ci n’a conservé aucun cookie de notre part : veuillez saisir le mot de passe que vous avez choisi. Ou saisissez le code de l’e-mail sur la page de votre inscription, si elle le demande.",
    password: "Le mot de passe choisi",
    passwordMissing: "Saisissez votre mot de passe.",
    submit: "Confirmer mon adresse",
    submitting: "Confirmation en cours…",
    notMe: "Ce n’était pas moi",
    notMeLabel: "Pas vous ?",
    deadTitle: "Ce lien ne fonctionne pas",
    incompleteLink: "Le lien est incomplet. Veuillez l’ouvrir à nouveau depuis l’e-mail.",
    newLink: "Recevoir un nouveau lien",
    newLinkPending: "Demande en cours…",
    newLinkSent: (email) => (
      <>
        Un nouvel e-mail est en route vers {email}. Ouvrez son lien ; vous pouvez fermer cette page.
      </>
    ),
  },

  verified: {
    title: "Votre compte est confirmé",
    already: "Déjà confirmé",
    ready: "Votre adresse est confirmée et votre compte est prêt.",
    readyFor: (email, username) => (
      <>
        L’adresse {email} est confirmée, et votre compte {username} est prêt.
      </>
    ),
    readyForAddress: (email) => <>L’adresse {email} est confirmée, et votre compte est prêt.</>,
    close: "Vous pouvez fermer cette page.",
    continueTo: (application) => `Continuer vers ${application}`,
    continuing: "Un instant…",
    byItself: "La suite s’ouvre automatiquement.",
    byItselfIn: (seconds) => `La suite s’ouvre automatiquement dans ${shortly(seconds)}.`,
    stay: "Rester ici",
  },

  discard: {
    title: "Ce n’était pas vous ?",
    text: "Quelqu’un a saisi votre adresse, peut-être par erreur. Sans votre confirmation, aucun compte n’est créé. Vous pouvez aussi supprimer l’inscription dès maintenant ; la personne qui l’a faite devra recommencer.",
    submit: "Supprimer l’inscription",
    submitting: "Suppression en cours…",
    back: "Retour",
    doneTitle: "L’inscription est supprimée",
    done: "Tout ce qui la concerne est effacé, et son lien ne fonctionne plus. Vous pouvez fermer cette page.",
  },

  /** An application's link to the sign-up page is wrong. */
  refusedLink: {
    title: "Ce lien ne fonctionne pas",
    unknownAddress: (parameter) => (
      <>
        Il vous mènerait à une adresse que nous ne connaissons pas ({parameter}). Aucune action n’a
        été effectuée. Veuillez prévenir le responsable du site d’où vous venez.
      </>
    ),
    damaged: (parameter) => (
      <>
        Une partie de ce lien est endommagée ({parameter}). Aucune action n’a été effectuée.
        Veuillez prévenir le responsable du site d’où vous venez.
      </>
    ),
    without: "S’inscrire sans ce lien",
  },

  notFound: {
    title: "Page introuvable",
    text: (signUp) => (
      <>L’adresse est peut-être incomplète. Vous pouvez {signUp("vous inscrire ici")}.</>
    ),
  },

  failed: {
    title: "Une erreur s’est produite",
    text: "Vous n’y êtes pour rien, et ce que vous aviez envoyé reste valable : si vous êtes déjà inscrit(e), votre e-mail arrivera quand même.",
  },
};
