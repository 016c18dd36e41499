import type { RefusalTexts } from "../en/refusals.ts";
import { formatsOf } from "../formats.ts";

const { plural } = formatsOf("es");

/** Why a request is refused: what happened, and what to do next. The keys are the API's reasons. */
export const refusals: RefusalTexts = {
  // Signing up
  username_reserved: "Este nombre de usuario está reservado. Elige otro.",
  username_taken: "Este nombre de usuario ya está en uso. Elige otro.",
  password_guessable: "Esta contraseña es fácil de adivinar. Elige una más larga o menos común.",
  address_unsupported: ({ letter }) =>
    `No podemos enviar correos a una dirección con “${letter}” antes de la @. Usa otra.`,
  domain_takes_no_mail: ({ domain }) =>
    `No se pueden enviar correos a ${domain}. Revisa lo que escribiste después de la @.`,
  return_not_allowed: "La dirección de retorno (return_to) no está permitida.",
  request_id_used:
    "Ya te registraste desde esta página, con otra contraseña u otros datos. Busca nuestro correo en tu bandeja de entrada. Para registrarte otra vez con los datos nuevos, envíalos de nuevo.",
  usernames_off: "Aquí no hay nombres de usuario.",
  signups_closed: "El registro está cerrado por el momento.",
  invitation_required: "Para registrarte aquí necesitas una invitación.",
  invitation_unknown:
    "Esta invitación no existe. Abre el enlace de la invitación más reciente que recibiste.",
  invitation_used:
    "Esta invitación ya se utilizó. Inicia sesión con la cuenta que se creó con ella.",
  invitation_expired: "Esta invitación ha expirado. Pide una nueva.",
  invitation_for_another:
    "La invitación es para otra dirección. Regístrate con la dirección a la que se envió.",
  // Confirming
  signup_unknown: "No encontramos ningún registro hecho desde este navegador.",
  signup_of_code_unknown:
    "No encontramos ningún registro hecho desde este navegador. Escribe el código donde te registraste o abre el enlace del correo.",
  signup_gone:
    "Este registro ya no existe: se eliminó o no se confirmó a tiempo. Puedes registrarte de nuevo.",
  code_wrong: ({ left = 0 }) =>
    plural(left, {
      one: "Este no es el código del último correo que te enviamos. Te queda un intento.",
      other: "Este no es el código del último correo que te enviamos. Te quedan # intentos.",
    }),
  code_of_old_address:
    "Este no es el código del último correo que te enviamos. Se cambió la dirección.",
  code_expired: "Este código ha expirado. Pide un correo nuevo.",
  code_used_up: "Demasiados códigos incorrectos. Pide un correo nuevo.",
  link_unknown: "Este enlace no es nuestro. Vuelve a abrirlo desde el correo.",
  link_of_gone_signup:
    "Este registro ya no existe: se eliminó o no se confirmó a tiempo. Puedes registrarte de nuevo.",
  link_of_old_address:
    "Se cambió la dirección después de enviar este correo, así que su enlace ya no funciona. Abre el correo que enviamos a la nueva dirección.",
  link_expired: "Este enlace ha expirado.",
  password_required:
    "Abriste este enlace en un navegador distinto del que usaste para registrarte. Escribe la contraseña que elegiste.",
  password_wrong: "Esta no es la contraseña con la que te registraste.",
  address_verified_elsewhere:
    "Esta dirección ya pertenece a una cuenta verificada. Inicia sesión con esa cuenta.",
  already_verified: "Esta cuenta ya está verificada.",
  verified_not_deletable: "Esta cuenta está verificada, así que ya no se puede eliminar aquí.",
  nowhere_to_continue: "Todavía no hay adónde continuar.",
  // Limits
  mailed_just_now: "Enviamos el último correo hace menos de un minuto.",
  corrected_just_now: "Se cambió la dirección hace menos de un minuto.",
  many_username_checks: "Demasiadas comprobaciones.",
  many_invalid_signups: "Demasiados registros no válidos desde tu red.",
  many_failed_signups: "Demasiados registros fallidos desde tu red en el último minuto.",
  many_signups: "Demasiados registros desde tu red en la última hora.",
  many_repeats: "Este registro ya se realizó y se volvió a enviar demasiadas veces.",
  // Never shown to anyone.
  many_reclaims: "Se probaron demasiadas contraseñas para este nombre de usuario.",
  many_mails_to_address:
    "Enviamos varios correos a esta dirección en la última hora. Búscalos, también en la carpeta de spam.",
  many_mails: "Se pidieron demasiados correos desde tu red en la última hora.",
  many_mails_in_all: "Alcanzamos nuestro límite de correos para esta hora. No se guardó nada.",
  many_resends: "Pediste demasiados correos en la última hora.",
  many_passwords: "Demasiados intentos de contraseña en la última hora.",
  many_hand_offs: "Esta página llevó de vuelta a la aplicación demasiadas veces en la última hora.",
  many_wrong_secrets: "Demasiados secretos incorrectos desde tu red en el último minuto.",
  // Enlist's own state
  overloaded:
    "En este momento tenemos mucha actividad. Inténtalo de nuevo en unos instantes; puedes enviarlo dos veces sin riesgo.",
  nothing_saved:
    "No podemos hacerlo en este momento. No se guardó nada; inténtalo de nuevo en unos instantes.",
  outcome_unknown:
    "Perdimos la conexión con nuestra base de datos. Inténtalo de nuevo; puedes enviarlo dos veces sin riesgo.",
  // Any request
  fields_invalid: "Algunos campos no son válidos.",
  internal_server_error: "Algo falló por nuestra parte. Inténtalo de nuevo en unos instantes.",
};
