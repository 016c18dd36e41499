import type { PageTexts } from "../en/pages.tsx";
import { formatsOf } from "../formats.ts";

const { duration, shortly } = formatsOf("es");

/** The texts of the pages. Values that are nodes are names, addresses or links. */
export const pages: PageTexts = {
  description: (service) => `Crea tu cuenta en ${service}.`,
  language: "Idioma",
  footer: { terms: "Términos", privacy: "Privacidad", support: "Ayuda" },

  loadAgain: "Recargar la página",
  /** The page could be loaded only in part. */
  incomplete:
    "No se pudo cargar una parte de esta página. Si ya te registraste, tu registro sigue siendo válido y tu correo llegará igualmente: su enlace funciona en cualquier navegador.",
  unreachable:
    "No pudimos comunicarnos con el servidor, o se perdió su respuesta. Inténtalo de nuevo; puedes enviarlo dos veces sin riesgo.",
  outdated: "Esta página está desactualizada. No se hizo nada; recarga la página.",
  /** A refusal, and when to try again. */
  tryAgainIn: (refusal, seconds) => `${refusal} Espera ${duration(seconds)} y vuelve a intentarlo.`,

  signUp: {
    tab: "Registro",
    title: "Crea tu cuenta",
    noScript:
      "Este formulario necesita JavaScript, que está desactivado en tu navegador. Actívalo para registrarte.",
    username: "Nombre de usuario",
    usernameHint: "De 3 a 100 caracteres: a–z, 0–9, _. Cualquiera puede verlo.",
    usernameFree: "Este nombre de usuario está disponible.",
    usernameTaken: "Este nombre de usuario ya está en uso.",
    fullName: "Tu nombre",
    fullNameOptional: "Tu nombre (opcional)",
    email: "Correo electrónico",
    emailHint: "Te enviaremos un correo para confirmarlo.",
    emailInvited: "Tu invitación se envió a esta dirección, así que no tienes que confirmarla.",
    didYouMean: (address) => <>¿Quisiste decir {address}?</>,
    password: "Contraseña",
    passwordHint:
      "Al menos 8 caracteres. Varias palabras sin relación entre sí son una buena opción.",
    show: "Mostrar",
    hide: "Ocultar",
    showPassword: "Mostrar contraseña",
    hidePassword: "Ocultar contraseña",
    capsLock: "Bloq Mayús activado",
    acceptTerms: (terms) => <>Acepto los {terms("términos de uso")}.</>,
    acceptTermsAndPrivacy: (terms, privacy) => (
      <>
        Acepto los {terms("términos de uso")} y he leído la {privacy("política de privacidad")}.
      </>
    ),
    submit: "Registrarse",
    submitting: "Registrando…",
    nothingSent:
      "No pudimos comunicarnos con el servidor. Aún no se envió nada; inténtalo de nuevo.",
    outdated: "Esta página está desactualizada. Aún no se envió nada; recarga la página.",
    already: "¿Ya te registraste?",
    signIn: "Iniciar sesión",
    seeMail: "Ver el estado de tu correo",
    /** The sign-up succeeded, but the next page could not be loaded. */
    stranded: "No se pudo cargar la página que muestra el estado del correo.",
    strandedAgain: "Intentar de nuevo",
    goTo: "Ir a la página de registro",
  },

  closed: {
    title: "Registro cerrado",
    text: "Por el momento, nadie puede registrarse aquí. Si ya te registraste, el enlace de tu correo sigue funcionando.",
  },
  invitationOnly: {
    title: "Solo con invitación",
    text: "Para registrarte aquí necesitas una invitación. Si tienes una, abre el enlace que contiene.",
  },

  checkInbox: {
    title: "Revisa tu bandeja de entrada",
    noScript:
      "Esta página necesita JavaScript para mostrar el estado de tu correo. El enlace del correo funciona de todos modos, pero también necesita JavaScript.",
    offline:
      "Se perdió la conexión. Puede que lo que ves no esté al día; intentando comunicarnos con el servidor…",
    signedUpAs: (username, email) => (
      <>
        Te registraste como {username}. El correo se envía a {email}.
      </>
    ),
    signedUp: (email) => <>Te registraste. El correo se envía a {email}.</>,
    openLinkOrCode:
      "Cuando llegue el correo, abre su enlace: en este navegador basta un clic. O escribe aquí su código:",
    openLink: "Abre el enlace del correo para confirmar tu dirección.",
    earlier:
      "Un intento anterior ya se había completado, con los datos que ves abajo. Lo que cambiaste después no se guardó.",
    code: "Código del correo",
    codeHint: "8 dígitos. Práctico si lees el correo en otro dispositivo.",
    confirm: "Confirmar",
    confirming: "Confirmando…",
    noMail: "¿No llega el correo?",
    noMailHint:
      "Puede tardar uno o dos minutos. Revisa también la carpeta de spam y que la dirección de arriba sea correcta. Si esa dirección ya tiene una cuenta, el correo lo dirá en vez de traer el enlace.",
    correct: "Corregir la dirección",
    correctLabel: "Dirección correcta",
    correctHint: "El enlace del correo enviado a la dirección anterior dejará de funcionar.",
    correctSubmit: "Cambiar y enviar correo",
    correcting: "Cambiando…",
    keep: "Dejarla como está",
    corrected: (email) => `La dirección se cambió: ahora tu correo se envía a ${email}.`,
    sameAddress: "Esta es la dirección que ya tenemos.",
    sendAgain: "Enviar correo nuevo",
    sendAgainIn: (seconds) => `Enviar correo nuevo en ${shortly(seconds)}`,
    sendingAgain: "Pidiendo un correo nuevo…",
    sentAgain: "Un correo nuevo está en camino.",

    refusedTitle: "No pudimos enviarte el correo",
    refused:
      "El servidor de correo no acepta correos para esta dirección, o no aceptó ninguno durante más de una hora. Revisa que la dirección sea correcta.",
    whatYouCanDo: "Qué puedes hacer",
    refusedAddressAgain: "El servidor de correo tampoco acepta correos para esta dirección.",
    refusedMailAgain: "El servidor de correo tampoco aceptó el correo nuevo.",

    /** Signed up, but the browser kept no cookie. */
    unknown:
      "Te registraste y el correo está en camino. Abre su enlace y escribe la contraseña que elegiste: no hace falta nada más, sea cual sea el navegador.",
    unknownHint:
      "Tu navegador no guardó nuestra cookie, así que esta página no puede mostrar el estado del correo ni aceptar su código. Si no llega ningún correo, revisa también la carpeta de spam.",
    goneTitle: "Aquí no hay ningún registro",
    noCookie:
      "No encontramos ningún registro hecho desde este navegador; puede que no haya guardado nuestra cookie. Si te registraste, tu correo llegará igualmente: abre su enlace en cualquier navegador y escribe tu contraseña.",
    gone: "Este registro ya no existe: se eliminó o no se confirmó a tiempo.",
  },

  /** The steps from the form to the account. */
  steps: {
    signedUp: "Te registraste",
    queued: "Correo en cola",
    unavailable:
      "El servidor de correo no está disponible. Tu correo llegará en cuanto vuelva a estarlo.",
    sending: "Se está enviando el correo",
    sendingAgain: (attempt, attempts) =>
      `Se está enviando el correo (intento ${attempt} de ${attempts})`,
    retrying: "El servidor de correo aún no acepta el correo; seguimos intentándolo.",
    retryingAgain: (attempt, attempts) =>
      `El servidor de correo aún no acepta el correo; seguimos intentándolo (intento ${attempt} de ${attempts}).`,
    nextTryIn: (seconds) => `Próximo intento en ${shortly(seconds)}.`,
    tryingNow: "Intentándolo ahora.",
    refused: "El servidor de correo rechazó el correo",
    sent: "Correo enviado para su entrega",
    unknown: "Nos estamos ocupando de tu correo",
    youConfirm: "Confirmas tu dirección",
    confirmed: "Dirección confirmada",
  },

  verify: {
    title: "Confirma tu dirección",
    noScript:
      "Esta página necesita JavaScript, que está desactivado en tu navegador. Actívalo para confirmar tu dirección.",
    addressOfAccount: (email, username) => (
      <>
        {email}, para la cuenta {username}.
      </>
    ),
    oneClick: "Un clic y tu cuenta estará lista.",
    otherBrowser:
      "Te registraste en otro navegador, o este no guardó nuestra cookie: escribe la contraseña que elegiste. O escribe el código del correo en la página donde te registraste, si esta te lo pide.",
    password: "La contraseña que elegiste",
    passwordMissing: "Escribe tu contraseña.",
    submit: "Confirmar mi dirección",
    submitting: "Confirmando…",
    notMe: "No fui yo",
    notMeLabel: "¿No fuiste tú?",
    deadTitle: "Este enlace no funciona",
    incompleteLink: "El enlace está incompleto. Vuelve a abrirlo desde el correo.",
    newLink: "Recibir un enlace nuevo",
    newLinkPending: "Pidiendo un correo nuevo…",
    newLinkSent: (email) => (
      <>Un correo nuevo está en camino a {email}. Abre su enlace; puedes cerrar esta página.</>
    ),
  },

  verified: {
    title: "Cuenta verificada",
    already: "Cuenta ya verificada",
    ready: "Tu dirección está confirmada y tu cuenta está lista.",
    readyFor: (email, username) => (
      <>
        La dirección {email} está confirmada y tu cuenta {username} está lista.
      </>
    ),
    readyForAddress: (email) => <>La dirección {email} está confirmada y tu cuenta está lista.</>,
    close: "Puedes cerrar esta página.",
    continueTo: (application) => `Continuar a ${application}`,
    continuing: "Un momento…",
    byItself: "Esta página continuará automáticamente.",
    byItselfIn: (seconds) => `Esta página continuará automáticamente en ${shortly(seconds)}.`,
    stay: "Quedarme aquí",
  },

  discard: {
    title: "¿No fuiste tú?",
    text: "Alguien indicó tu dirección, quizá por error. Sin tu confirmación no hay cuenta. También puedes eliminar el registro ahora; quien lo hizo tendrá que empezar de nuevo.",
    submit: "Eliminar este registro",
    submitting: "Eliminando…",
    back: "Volver",
    doneTitle: "Registro eliminado",
    done: "Todo lo relacionado con él se eliminó y su enlace ya no funciona. Puedes cerrar esta página.",
  },

  /** An application's link to the sign-up page is wrong. */
  refusedLink: {
    title: "Este enlace no funciona",
    unknownAddress: (parameter) => (
      <>
        Te llevaría a una dirección que no conocemos ({parameter}). No se hizo nada. Avisa a quien
        administra el sitio que te trajo aquí.
      </>
    ),
    damaged: (parameter) => (
      <>
        Una parte del enlace está dañada ({parameter}). No se hizo nada. Avisa a quien administra el
        sitio que te trajo aquí.
      </>
    ),
    without: "Registrarse de todos modos",
  },

  notFound: {
    title: "Página no encontrada",
    text: (signUp) => (
      <>Puede que la dirección esté incompleta. Puedes {signUp("registrarte aquí")}.</>
    ),
  },

  failed: {
    title: "Algo salió mal",
    text: "No es culpa tuya, y lo que ya enviaste sigue siendo válido: si te registraste, tu correo llegará igualmente.",
  },
};
