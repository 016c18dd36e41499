import type { MailTexts } from "../en/mails.tsx";

/** The texts of the mails. Values that are nodes are names, hosts or addresses. */
export const mails: MailTexts = {
  hello: "Bonjour,",
  ifButtonFails: "Si le bouton ne fonctionne pas, ouvrez ce lien :",
  support: (address) => <>Besoin d’aide ? Contactez-nous : {address}.</>,

  verification: {
    subject: "Confirmez votre adresse e-mail",
    title: "Confirmez votre adresse",
    confirm: (username, host) => (
      <>
        Quelqu’un, sans doute vous, a choisi le nom d’utilisateur {username} sur {host} et indiqué
        cette adresse. Veuillez confirmer que l’adresse est bien la vôtre :
      </>
    ),
    confirmAddress: (host) => (
      <>
        Quelqu’un, sans doute vous, s’est inscrit sur {host} avec cette adresse. Veuillez confirmer
        que l’adresse est bien la vôtre :
      </>
    ),
    button: "Confirmer mon adresse",
    /** @param duration a number of hours, such as "24 heures" */
    lifetime: (duration) =>
      `Le lien est valable ${duration}. Dans le navigateur de votre inscription, un clic suffit ; ailleurs, le mot de passe que vous avez choisi vous sera demandé.`,
    code: "Vous lisez ceci sur un autre appareil que celui de votre inscription ? Revenez alors à la page de votre inscription, sur l’appareil d’origine, et saisissez ce code :",
    codeWarning:
      "Ne communiquez jamais ce code à qui que ce soit. Si vous recevez plusieurs e-mails, seul le code du plus récent fonctionne.",
    notYou:
      "Ce n’était pas vous ? Vous n’avez alors rien à faire : sans votre confirmation, aucun compte n’est créé. Pour faire supprimer l’inscription tout de suite, ouvrez le lien et appuyez sur « Ce n’était pas moi ».",
  },

  invitation: {
    subject: (service) => `Votre invitation à rejoindre ${service}`,
    title: "Vous avez une invitation",
    text: (host) => <>Vous êtes invité(e) à vous inscrire sur {host} avec cette adresse.</>,
    button: "M’inscrire",
    /** @param duration a number of days or hours, such as "14 days" */
    lifetime: (duration) =>
      `L’invitation est valable ${duration}, et pour cette adresse uniquement. Vous n’aurez pas à confirmer l’adresse une nouvelle fois.`,
    notYou:
      "Vous n’attendiez pas cet e-mail ? Alors vous n’avez rien à faire : sans inscription de votre part, aucun compte n’est créé.",
  },

  existingAccount: {
    subject: "Vous avez déjà un compte",
    text: (host) => (
      <>
        Quelqu’un, sans doute vous, s’est inscrit sur {host} avec cette adresse. Elle est déjà
        associée à un compte, il n’y a donc rien à confirmer : connectez-vous avec votre compte
        existant.
      </>
    ),
    signIn: "Se connecter",
    notYou:
      "Ce n’était pas vous ? Vous n’avez alors rien à faire. Personne n’a accédé à votre compte, et la nouvelle inscription est supprimée automatiquement.",
  },
};
