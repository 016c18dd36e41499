import type { RefusalTexts } from "../en/refusals.ts";
import { formatsOf } from "../formats.ts";

const { plural } = formatsOf("de");

/** Why a request is refused: what happened, and what to do next. The keys are the API's reasons. */
export const refusals: RefusalTexts = {
  // Signing up
  username_reserved: "Dieser Benutzername ist reserviert. Bitte wählen Sie einen anderen.",
  username_taken: "Dieser Benutzername ist vergeben. Bitte wählen Sie einen anderen.",
  password_guessable:
    "Dieses Passwort ist leicht zu erraten. Wählen Sie ein längeres oder ungewöhnlicheres.",
  address_unsupported: ({ letter }) =>
    `An eine Adresse mit „${letter}“ vor dem @ können wir keine E-Mails senden. Bitte verwenden Sie eine andere.`,
  domain_takes_no_mail: ({ domain }) =>
    `An ${domain} können keine E-Mails gesendet werden. Bitte prüfen Sie, was Sie nach dem @ eingegeben haben.`,
  return_not_allowed: "Die Rückkehradresse (return_to) ist nicht erlaubt.",
  request_id_used:
    "Sie haben sich auf dieser Seite bereits registriert, mit einem anderen Passwort oder anderen Angaben. Suchen Sie in Ihrem Posteingang nach unserer E-Mail. Um sich mit den neuen Angaben noch einmal zu registrieren, senden Sie sie erneut.",
  usernames_off: "Hier gibt es keine Benutzernamen.",
  signups_closed: "Die Registrierung ist zurzeit geschlossen.",
  invitation_required: "Für die Registrierung brauchen Sie eine Einladung.",
  invitation_unknown:
    "Diese Einladung gibt es nicht. Bitte öffnen Sie den Link in der neuesten Einladung, die Sie bekommen haben.",
  invitation_used:
    "Diese Einladung wurde schon verwendet. Melden Sie sich mit dem Konto an, das dabei entstanden ist.",
  invitation_expired: "Diese Einladung ist abgelaufen. Bitte lassen Sie sich eine neue schicken.",
  invitation_for_another:
    "Die Einladung gilt für eine andere Adresse. Bitte registrieren Sie sich mit der Adresse, an die sie ging.",
  // Confirming
  signup_unknown: "Wir finden keine Registrierung aus diesem Browser.",
  signup_of_code_unknown:
    "Wir finden keine Registrierung aus diesem Browser. Geben Sie den Code dort ein, wo Sie sich registriert haben, oder öffnen Sie den Link in der E-Mail.",
  signup_gone:
    "Diese Registrierung gibt es nicht mehr: Sie wurde gelöscht oder nicht rechtzeitig bestätigt. Sie können sich erneut registrieren.",
  code_wrong: ({ left = 0 }) =>
    plural(left, {
      one: "Das ist nicht der Code aus unserer neuesten E-Mail an Sie. Sie haben noch einen Versuch.",
      other:
        "Das ist nicht der Code aus unserer neuesten E-Mail an Sie. Sie haben noch # Versuche.",
    }),
  code_of_old_address:
    "Das ist nicht der Code aus unserer neuesten E-Mail an Sie. Die Adresse wurde geändert.",
  code_expired: "Dieser Code ist abgelaufen. Fordern Sie eine neue E-Mail an.",
  code_used_up: "Zu viele falsche Codes. Bitte fordern Sie eine neue E-Mail an.",
  link_unknown: "Diesen Link kennen wir nicht. Bitte öffnen Sie ihn noch einmal aus der E-Mail.",
  link_of_gone_signup:
    "Diese Registrierung gibt es nicht mehr: Sie wurde gelöscht oder nicht rechtzeitig bestätigt. Sie können sich erneut registrieren.",
  link_of_old_address:
    "Die Adresse wurde geändert, nachdem diese E-Mail gesendet wurde. Der Link darin funktioniert deshalb nicht mehr. Bitte öffnen Sie die E-Mail an die neue Adresse.",
  link_expired: "Dieser Link ist abgelaufen.",
  password_required:
    "Sie haben diesen Link in einem anderen Browser geöffnet als dem, in dem Sie sich registriert haben. Bitte geben Sie das Passwort ein, das Sie gewählt haben.",
  password_wrong: "Das ist nicht das Passwort, mit dem Sie sich registriert haben.",
  address_verified_elsewhere:
    "Diese Adresse gehört bereits zu einem bestätigten Konto. Melden Sie sich stattdessen mit diesem an.",
  already_verified: "Dieses Konto ist bereits bestätigt.",
  verified_not_deletable:
    "Dieses Konto ist bestätigt und kann deshalb hier nicht mehr gelöscht werden.",
  nowhere_to_continue: "Es gibt noch kein Ziel, zu dem es weitergeht.",
  // Limits
  mailed_just_now: "Wir haben die letzte E-Mail vor weniger als einer Minute gesendet.",
  corrected_just_now: "Die Adresse wurde vor weniger als einer Minute geändert.",
  many_username_checks: "Zu viele Abfragen.",
  many_invalid_signups: "Zu viele ungültige Registrierungen aus Ihrem Netzwerk.",
  many_failed_signups:
    "Zu viele fehlgeschlagene Registrierungen aus Ihrem Netzwerk in der letzten Minute.",
  many_signups: "Zu viele Registrierungen aus Ihrem Netzwerk in der letzten Stunde.",
  many_repeats: "Diese Registrierung war erfolgreich und wurde zu oft erneut gesendet.",
  // Never shown to anyone.
  many_reclaims: "Für diesen Benutzernamen wurden zu viele Passwörter ausprobiert.",
  many_mails_to_address:
    "Wir haben in der letzten Stunde mehrere E-Mails an diese Adresse gesendet. Bitte suchen Sie danach, auch im Spam-Ordner.",
  many_mails: "In der letzten Stunde wurden zu viele E-Mails aus Ihrem Netzwerk angefordert.",
  many_mails_in_all:
    "Wir haben unser E-Mail-Limit für diese Stunde erreicht. Es wurde nichts gespeichert.",
  many_resends: "Sie haben in der letzten Stunde zu viele E-Mails angefordert.",
  many_passwords: "Zu viele Passwortversuche in der letzten Stunde.",
  many_hand_offs: "Diese Seite hat in der letzten Stunde zu oft zur Anwendung zurückgeführt.",
  many_wrong_secrets:
    "Zu viele falsche geheime Schlüssel aus Ihrem Netzwerk in der letzten Minute.",
  // Enlist's own state
  overloaded:
    "Wir sind gerade stark ausgelastet. Bitte versuchen Sie es gleich noch einmal; doppeltes Senden ist unbedenklich.",
  nothing_saved:
    "Das ist im Moment nicht möglich. Es wurde nichts gespeichert; bitte versuchen Sie es gleich noch einmal.",
  outcome_unknown:
    "Die Verbindung zu unserer Datenbank ist abgebrochen. Bitte versuchen Sie es erneut; doppeltes Senden ist unbedenklich.",
  // Any request
  fields_invalid: "Einige Angaben sind ungültig.",
  internal_server_error:
    "Bei uns ist etwas schiefgegangen. Bitte versuchen Sie es gleich noch einmal.",
};
