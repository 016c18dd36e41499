import type { PageTexts } from "../en/pages.tsx";
import { formatsOf } from "../formats.ts";

const { duration, shortly } = formatsOf("de");

/** The texts of the pages. Values that are nodes are names, addresses or links. */
export const pages: PageTexts = {
  description: (service) => `Erstellen Sie Ihr Konto bei ${service}.`,
  language: "Sprache",
  footer: { terms: "Nutzungsbedingungen", privacy: "Datenschutz", support: "Hilfe" },

  loadAgain: "Seite neu laden",
  /** The page could be loaded only in part. */
  incomplete:
    "Ein Teil dieser Seite konnte nicht geladen werden. Falls Sie sich registriert haben, bleibt es dabei, und Ihre E-Mail kommt trotzdem: Der Link darin funktioniert in jedem Browser.",
  unreachable:
    "Der Server war nicht erreichbar, oder seine Antwort ging verloren. Bitte versuchen Sie es erneut; doppeltes Senden ist unbedenklich.",
  outdated:
    "Diese Seite ist nicht mehr aktuell. Es wurde nichts ausgeführt; bitte laden Sie die Seite neu.",
  /** A refusal, and when to try again. */
  tryAgainIn: (refusal, seconds) =>
    `${refusal} Bitte warten Sie ${duration(seconds)} und versuchen Sie es dann erneut.`,

  signUp: {
    tab: "Registrieren",
    title: "Konto erstellen",
    noScript:
      "Dieses Formular benötigt JavaScript, das in Ihrem Browser deaktiviert ist. Bitte aktivieren Sie es, um sich zu registrieren.",
    username: "Benutzername",
    usernameHint: "3 bis 100 Zeichen: a–z, 0–9, _. Für alle sichtbar.",
    usernameFree: "Dieser Benutzername ist frei.",
    usernameTaken: "Dieser Benutzername ist vergeben.",
    fullName: "Ihr Name",
    fullNameOptional: "Ihr Name (freiwillig)",
    email: "E-Mail-Adresse",
    emailHint: "Wir senden Ihnen eine E-Mail zur Bestätigung.",
    emailInvited: "An diese Adresse ging Ihre Einladung. Sie müssen sie nicht mehr bestätigen.",
    didYouMean: (address) => <>Meinten Sie {address}?</>,
    password: "Passwort",
    passwordHint: "Mindestens 8 Zeichen. Gut sind mehrere Wörter ohne Zusammenhang.",
    show: "Anzeigen",
    hide: "Verbergen",
    showPassword: "Passwort anzeigen",
    hidePassword: "Passwort verbergen",
    capsLock: "Feststelltaste aktiv",
    acceptTerms: (terms) => <>Ich akzeptiere die {terms("Nutzungsbedingungen")}.</>,
    acceptTermsAndPrivacy: (terms, privacy) => (
      <>
        Ich akzeptiere die {terms("Nutzungsbedingungen")} und habe die{" "}
        {privacy("Datenschutzerklärung")} gelesen.
      </>
    ),
    submit: "Registrieren",
    submitting: "Registrierung läuft …",
    nothingSent:
      "Der Server war nicht erreichbar. Es wurde noch nichts gesendet; bitte versuchen Sie es erneut.",
    outdated:
      "Diese Seite ist nicht mehr aktuell. Es wurde noch nichts gesendet; bitte laden Sie die Seite neu.",
    already: "Schon registriert?",
    signIn: "Anmelden",
    seeMail: "E-Mail-Status ansehen",
    /** The sign-up succeeded, but the next page could not be loaded. */
    stranded: "Die Seite mit dem E-Mail-Status konnte nicht geladen werden.",
    strandedAgain: "Erneut versuchen",
    goTo: "Zur Registrierung",
  },

  closed: {
    title: "Registrierung geschlossen",
    text: "Zurzeit kann sich hier niemand registrieren. Haben Sie sich schon registriert? Der Link in Ihrer E-Mail funktioniert weiterhin.",
  },
  invitationOnly: {
    title: "Nur mit Einladung",
    text: "Für die Registrierung brauchen Sie eine Einladung. Wenn Sie eine haben, öffnen Sie den Link in der E-Mail.",
  },

  checkInbox: {
    title: "Prüfen Sie Ihren Posteingang",
    noScript:
      "Diese Seite benötigt JavaScript, um den Status Ihrer E-Mail anzuzeigen. Der Link in der E-Mail funktioniert trotzdem, benötigt aber ebenfalls JavaScript.",
    offline:
      "Die Verbindung ist unterbrochen. Die Anzeige ist möglicherweise veraltet; wir versuchen, den Server wieder zu erreichen …",
    signedUpAs: (username, email) => (
      <>
        Sie haben sich als {username} registriert. Die E-Mail geht an {email}.
      </>
    ),
    signedUp: (email) => <>Sie haben sich registriert. Die E-Mail geht an {email}.</>,
    openLinkOrCode:
      "Wenn die E-Mail da ist, öffnen Sie den Link darin: In diesem Browser genügt ein Klick. Oder geben Sie den Code aus der E-Mail hier ein:",
    openLink: "Öffnen Sie den Link in der E-Mail, um Ihre Adresse zu bestätigen.",
    earlier:
      "Ein früherer Versuch von Ihnen war bereits erfolgreich, mit den Angaben unten. Was Sie danach geändert haben, wurde nicht gespeichert.",
    code: "Code aus der E-Mail",
    codeHint: "8 Ziffern. Praktisch, wenn Sie die E-Mail auf einem anderen Gerät lesen.",
    confirm: "Bestätigen",
    confirming: "Wird bestätigt …",
    noMail: "Keine E-Mail?",
    noMailHint:
      "Es kann ein, zwei Minuten dauern. Sehen Sie auch im Spam-Ordner nach und prüfen Sie, ob die Adresse oben stimmt. Falls sie bereits zu einem Konto gehört, weist die E-Mail stattdessen darauf hin.",
    correct: "Adresse korrigieren",
    correctLabel: "Richtige Adresse",
    correctHint: "Der Link in der E-Mail an die alte Adresse funktioniert dann nicht mehr.",
    correctSubmit: "Ändern und E-Mail senden",
    correcting: "Wird geändert …",
    keep: "Adresse behalten",
    corrected: (email) => `Die Adresse ist geändert: Ihre E-Mail geht jetzt an ${email}.`,
    sameAddress: "Das ist die Adresse, die wir bereits haben.",
    sendAgain: "Neue E-Mail senden",
    sendAgainIn: (seconds) => `Neue E-Mail in ${shortly(seconds)} senden`,
    sendingAgain: "Wird angefordert …",
    sentAgain: "Eine neue E-Mail ist unterwegs.",

    refusedTitle: "Wir konnten Ihnen keine E-Mail senden",
    refused:
      "Der Mailserver nimmt keine E-Mails für diese Adresse an oder hat über eine Stunde lang keine angenommen. Bitte prüfen Sie, ob die Adresse stimmt.",
    whatYouCanDo: "Was Sie tun können",
    refusedAddressAgain: "Auch für diese Adresse nimmt der Mailserver keine E-Mails an.",
    refusedMailAgain: "Auch die neue E-Mail hat der Mailserver nicht angenommen.",

    /** Signed up, but the browser kept no cookie. */
    unknown:
      "Sie haben sich registriert, und die E-Mail ist unterwegs. Öffnen Sie den Link darin und geben Sie das Passwort ein, das Sie gewählt haben: Das genügt, in jedem Browser.",
    unknownHint:
      "Ihr Browser hat kein Cookie von uns gespeichert. Deshalb kann diese Seite weder den Status der E-Mail anzeigen noch den Code daraus annehmen. Falls keine E-Mail kommt, sehen Sie auch im Spam-Ordner nach.",
    goneTitle: "Keine Registrierung gefunden",
    noCookie:
      "Wir finden keine Registrierung aus diesem Browser; vielleicht hat er kein Cookie von uns gespeichert. Falls Sie sich registriert haben, kommt Ihre E-Mail trotzdem: Öffnen Sie den Link darin in einem beliebigen Browser und geben Sie Ihr Passwort ein.",
    gone: "Diese Registrierung gibt es nicht mehr: Sie wurde gelöscht oder nicht rechtzeitig bestätigt.",
  },

  /** The steps from the form to the account. */
  steps: {
    signedUp: "Registriert",
    queued: "E-Mail in der Warteschlange",
    unavailable:
      "Der Mailserver ist nicht verfügbar. Ihre E-Mail kommt, sobald er wieder erreichbar ist.",
    sending: "E-Mail wird gesendet",
    sendingAgain: (attempt, attempts) =>
      `E-Mail wird gesendet (Versuch ${attempt} von ${attempts})`,
    retrying: "Der Mailserver hat die E-Mail noch nicht angenommen; wir versuchen es weiter.",
    retryingAgain: (attempt, attempts) =>
      `Der Mailserver hat die E-Mail noch nicht angenommen; wir versuchen es weiter (Versuch ${attempt} von ${attempts}).`,
    /** The duration ends with a dot ("8 Sek."), so it does not end the sentence. */
    nextTryIn: (seconds) => `In ${shortly(seconds)} folgt der nächste Versuch.`,
    tryingNow: "Neuer Versuch läuft.",
    refused: "Der Mailserver hat die E-Mail abgelehnt",
    sent: "E-Mail zur Zustellung übergeben",
    unknown: "Ihre E-Mail wird bearbeitet",
    youConfirm: "Sie bestätigen Ihre Adresse",
    confirmed: "Adresse bestätigt",
  },

  verify: {
    title: "Bestätigen Sie Ihre Adresse",
    noScript:
      "Diese Seite benötigt JavaScript, das in Ihrem Browser deaktiviert ist. Bitte aktivieren Sie es, um Ihre Adresse zu bestätigen.",
    addressOfAccount: (email, username) => (
      <>
        {email}, für das Konto {username}.
      </>
    ),
    oneClick: "Ein Klick, und Ihr Konto ist bereit.",
    otherBrowser:
      "Sie haben sich in einem anderen Browser registriert, oder dieser hat kein Cookie von uns gespeichert: Bitte geben Sie das Passwort ein, das Sie gewählt haben. Oder geben Sie den Code aus der E-Mail auf der Seite ein, auf der Sie sich registriert haben, falls dort danach gefragt wird.",
    password: "Ihr gewähltes Passwort",
    passwordMissing: "Geben Sie Ihr Passwort ein.",
    submit: "Adresse bestätigen",
    submitting: "Wird bestätigt …",
    notMe: "Das war ich nicht",
    notMeLabel: "Nicht Sie?",
    deadTitle: "Dieser Link funktioniert nicht",
    incompleteLink: "Der Link ist unvollständig. Bitte öffnen Sie ihn noch einmal aus der E-Mail.",
    newLink: "Neuen Link anfordern",
    newLinkPending: "Wird angefordert …",
    newLinkSent: (email) => (
      <>
        Eine neue E-Mail an {email} ist unterwegs. Öffnen Sie den Link darin; diese Seite können Sie
        schließen.
      </>
    ),
  },

  verified: {
    title: "Ihr Konto ist bestätigt",
    already: "Bereits bestätigt",
    ready: "Ihre Adresse ist bestätigt, und Ihr Konto ist bereit.",
    readyFor: (email, username) => (
      <>
        Die Adresse {email} ist bestätigt, und Ihr Konto {username} ist bereit.
      </>
    ),
    readyForAddress: (email) => <>Die Adresse {email} ist bestätigt, und Ihr Konto ist bereit.</>,
    close: "Sie können diese Seite schließen.",
    continueTo: (application) => `Weiter zu ${application}`,
    continuing: "Einen Moment …",
    byItself: "Es geht automatisch weiter.",
    byItselfIn: (seconds) => `In ${shortly(seconds)} geht es automatisch weiter.`,
    stay: "Hier bleiben",
  },

  discard: {
    title: "Das waren nicht Sie?",
    text: "Jemand hat Ihre Adresse angegeben, vielleicht versehentlich. Ohne Ihre Bestätigung entsteht kein Konto. Sie können die Registrierung auch jetzt löschen; wer sich registriert hat, muss dann neu beginnen.",
    submit: "Registrierung löschen",
    submitting: "Wird gelöscht …",
    back: "Zurück",
    doneTitle: "Die Registrierung ist gelöscht",
    done: "Alle Angaben dazu sind gelöscht, und der Link funktioniert nicht mehr. Sie können diese Seite schließen.",
  },

  /** An application's link to the sign-up page is wrong. */
  refusedLink: {
    title: "Dieser Link funktioniert nicht",
    unknownAddress: (parameter) => (
      <>
        Er würde Sie zu einer Adresse weiterleiten, die wir nicht kennen ({parameter}). Es wurde
        nichts ausgeführt. Bitte informieren Sie den Betreiber der Website, von der Sie kommen.
      </>
    ),
    damaged: (parameter) => (
      <>
        Ein Teil des Links ist beschädigt ({parameter}). Es wurde nichts ausgeführt. Bitte
        informieren Sie den Betreiber der Website, von der Sie kommen.
      </>
    ),
    without: "Ohne diesen Link registrieren",
  },

  notFound: {
    title: "Seite nicht gefunden",
    text: (signUp) => (
      <>
        Die Adresse ist möglicherweise unvollständig. Sie können sich {signUp("hier registrieren")}.
      </>
    ),
  },

  failed: {
    title: "Etwas ist schiefgegangen",
    text: "Es liegt nicht an Ihnen, und was Sie bereits gesendet haben, gilt weiterhin: Falls Sie sich registriert haben, kommt Ihre E-Mail trotzdem.",
  },
};
