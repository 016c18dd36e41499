import type { MailTexts } from "../en/mails.tsx";

/** The texts of the mails. Values that are nodes are names, hosts or addresses. */
export const mails: MailTexts = {
  /** The texts that follow it go on in lower case. */
  hello: "Guten Tag,",
  ifButtonFails: "Falls die Schaltfläche nicht funktioniert, öffnen Sie diesen Link:",
  support: (address) => <>Brauchen Sie Hilfe? Sie erreichen uns unter {address}.</>,

  verification: {
    subject: "Bestätigen Sie Ihre E-Mail-Adresse",
    title: "Bestätigen Sie Ihre Adresse",
    confirm: (username, host) => (
      <>
        jemand, vermutlich Sie, hat auf {host} den Benutzernamen {username} gewählt und diese
        Adresse angegeben. Bitte bestätigen Sie, dass die Adresse Ihnen gehört:
      </>
    ),
    confirmAddress: (host) => (
      <>
        jemand, vermutlich Sie, hat sich auf {host} mit dieser Adresse registriert. Bitte bestätigen
        Sie, dass die Adresse Ihnen gehört:
      </>
    ),
    button: "Adresse bestätigen",
    /** @param duration a number of hours, such as "24 Stunden" */
    lifetime: (duration) =>
      `Der Link ist ${duration} lang gültig. In dem Browser, in dem Sie sich registriert haben, genügt ein Klick; anderswo werden Sie nach dem Passwort gefragt, das Sie gewählt haben.`,
    code: "Lesen Sie dies auf einem anderen Gerät als bei der Registrierung? Dann geben Sie diesen Code dort ein, auf der Seite, auf der Sie sich registriert haben:",
    codeWarning:
      "Geben Sie den Code niemals an andere weiter. Wenn Sie mehrere E-Mails erhalten, gilt nur der Code aus der neuesten.",
    notYou:
      "Das waren nicht Sie? Dann müssen Sie nichts tun: Ohne Ihre Bestätigung entsteht kein Konto. Um die Registrierung sofort löschen zu lassen, öffnen Sie den Link und drücken Sie auf „Das war ich nicht“.",
  },

  invitation: {
    subject: (service) => `Ihre Einladung zu ${service}`,
    title: "Sie sind eingeladen",
    text: (host) => <>Sie sind eingeladen, sich auf {host} mit dieser Adresse zu registrieren.</>,
    button: "Registrieren",
    /** @param duration a number of days or hours, such as "14 days" */
    lifetime: (duration) =>
      `Die Einladung gilt ${duration} lang und nur für diese Adresse. Sie müssen die Adresse nicht noch einmal bestätigen.`,
    notYou:
      "Haben Sie diese E-Mail nicht erwartet? Dann brauchen Sie nichts zu tun: Ohne Ihre Registrierung entsteht kein Konto.",
  },

  existingAccount: {
    subject: "Sie haben bereits ein Konto",
    text: (host) => (
      <>
        jemand, vermutlich Sie, hat sich auf {host} mit dieser Adresse registriert. Die Adresse
        gehört bereits zu einem Konto, es gibt also nichts zu bestätigen: Melden Sie sich mit Ihrem
        bestehenden Konto an.
      </>
    ),
    signIn: "Anmelden",
    notYou:
      "Das waren nicht Sie? Dann müssen Sie nichts tun. Niemand hat Zugriff auf Ihr Konto erhalten, und die neue Registrierung wird automatisch gelöscht.",
  },
};
