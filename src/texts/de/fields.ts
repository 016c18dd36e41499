import type { FieldTexts } from "../en/fields.ts";
import { formatsOf } from "../formats.ts";

const { plural } = formatsOf("de");

/**
 * Why a field's value is refused. The keys are the messages of src/shared/signup-schema.ts; what
 * follows a colon there is the parameter here.
 */
export const fields: FieldTexts = {
  broken_character: () =>
    "Die Eingabe enthält ein fehlerhaftes Zeichen. Bitte geben Sie es noch einmal ein.",
  /** @param name its Unicode name, which is English everywhere */
  invisible_character: (name) =>
    `Die Eingabe enthält ein unsichtbares Zeichen: ${name}. Bitte entfernen Sie es.`,
  username_missing: () => "Wählen Sie einen Benutzernamen.",
  username_length: () => "Ein Benutzername ist 3 bis 100 Zeichen lang.",
  username_characters: () => "Verwenden Sie nur Kleinbuchstaben a–z, Ziffern und _.",
  name_missing: () => "Geben Sie Ihren Namen ein.",
  name_length: () => "Ein Name ist höchstens 100 Zeichen lang.",
  name_characters: () => "Namen dürfen keine Zeichen wie < > ; = oder @ enthalten.",
  name_shapeless: () => "Namen dürfen keine Zeichen ohne sichtbare Form enthalten.",
  name_without_letter: () => "Ein Name braucht mindestens einen Buchstaben.",
  email_missing: () => "Geben Sie Ihre E-Mail-Adresse ein.",
  email_length: () => "Eine E-Mail-Adresse ist höchstens 254 Zeichen lang.",
  email_invalid: () => "Das sieht nicht nach einer E-Mail-Adresse aus (Beispiel: ada@example.com).",
  password_missing: () => "Wählen Sie ein Passwort.",
  password_length: () => "Ein Passwort ist 8 bis 256 Zeichen lang.",
  password_to_enter: () => "Geben Sie Ihr Passwort ein.",
  password_too_long: () => "Das Passwort ist zu lang.",
  field_unasked: () => "Diese Angabe wird bei der Registrierung nicht erfragt.",
  terms_missing: () => "Bitte akzeptieren Sie die Nutzungsbedingungen, um sich zu registrieren.",
  terms_changed: () =>
    "Die Nutzungsbedingungen haben sich inzwischen geändert. Bitte laden Sie die Seite neu.",
  extra_invalid: () => "Bitte prüfen Sie Ihre Eingabe.",
  code_missing: () => "Geben Sie die 8 Ziffern des Codes ein.",
  code_not_alone: () => "Der Code hat 8 Ziffern. Bitte geben Sie sonst nichts ein.",
  /** @param count how many digits there are */
  code_length: (count) =>
    plural(Number(count), {
      one: "Der Code hat 8 Ziffern; eingegeben wurde nur eine.",
      other: "Der Code hat 8 Ziffern; eingegeben wurden #.",
    }),
  link_incomplete: () => "Der Link ist unvollständig.",
  link_too_long: () => "Der Link ist zu lang.",
  request_id_invalid: () =>
    "requestId muss eine eigene UUID sein, die für diese Registrierung erzeugt wurde und bei jedem neuen Versuch gleich bleibt.",
  language_invalid: () => "language muss ein BCP-47-Tag sein, etwa en oder pt-BR.",
  state_invalid: () =>
    "state muss aus 1 bis 500 sichtbaren ASCII-Zeichen oder Leerzeichen bestehen.",
  return_to_invalid: () => "returnTo muss eine URL mit höchstens 2000 Zeichen sein.",
};
