import type { MailTexts } from "../en/mails.tsx";

/** The texts of the mails. Values that are nodes are names, hosts or addresses. */
export const mails: MailTexts = {
  hello: "Hola:",
  ifButtonFails: "Si el botón no funciona, abre este enlace:",
  support: (address) => <>¿Necesitas ayuda? Contáctanos en {address}.</>,

  verification: {
    subject: "Confirma tu dirección de correo",
    title: "Confirma tu dirección",
    confirm: (username, host) => (
      <>
        Alguien, probablemente tú, eligió el nombre de usuario {username} en {host} e indicó esta
        dirección. Confirma que la dirección es tuya:
      </>
    ),
    confirmAddress: (host) => (
      <>
        Alguien, probablemente tú, se registró en {host} con esta dirección. Confirma que la
        dirección es tuya:
      </>
    ),
    button: "Confirmar mi dirección",
    /** @param duration a number of hours, such as "24 horas" */
    lifetime: (duration) =>
      `El enlace funciona durante ${duration}. En el navegador donde te registraste basta un clic; en cualquier otro te pedirá la contraseña que elegiste.`,
    code: "¿Lees esto en un dispositivo distinto del que usaste para registrarte? Entonces escribe este código allí, en la página donde te registraste:",
    codeWarning:
      "Nunca le des el código a nadie. Si recibes más de un correo, solo funciona el código del más reciente.",
    notYou:
      "¿No fuiste tú? Entonces no tienes que hacer nada: sin tu confirmación no hay cuenta. Para que el registro se elimine de inmediato, abre el enlace y haz clic en “No fui yo”.",
  },

  invitation: {
    subject: (service) => `Tu invitación a ${service}`,
    title: "Tienes una invitación",
    text: (host) => <>Te invitamos a registrarte en {host} con esta dirección.</>,
    button: "Registrarme",
    /** @param duration a number of days or hours, such as "14 days" */
    lifetime: (duration) =>
      `La invitación es válida durante ${duration} y solo para esta dirección. No tendrás que confirmar la dirección otra vez.`,
    notYou:
      "¿No esperabas este correo? Entonces no tienes que hacer nada: si no te registras, no habrá ninguna cuenta.",
  },

  existingAccount: {
    subject: "Ya tienes una cuenta",
    text: (host) => (
      <>
        Alguien, probablemente tú, usó esta dirección para registrarse en {host}. La dirección ya
        pertenece a una cuenta, así que no hay nada que confirmar: inicia sesión con la cuenta que
        ya tienes.
      </>
    ),
    signIn: "Iniciar sesión",
    notYou:
      "¿No fuiste tú? Entonces no tienes que hacer nada. Nadie ha accedido a tu cuenta, y el nuevo registro se eliminará automáticamente.",
  },
};
