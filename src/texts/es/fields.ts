import type { FieldTexts } from "../en/fields.ts";
import { formatsOf } from "../formats.ts";

const { plural } = formatsOf("es");

/**
 * Why a field's value is refused. The keys are the messages of src/shared/signup-schema.ts; what
 * follows a colon there is the parameter here.
 */
export const fields: FieldTexts = {
  broken_character: () => "Esto contiene un carácter dañado. Vuelve a escribirlo.",
  /** @param name its Unicode name, which is English everywhere */
  invisible_character: (name) => `Esto contiene un carácter invisible: ${name}. Elimínalo.`,
  username_missing: () => "Elige un nombre de usuario.",
  username_length: () => "El nombre de usuario debe tener entre 3 y 100 caracteres.",
  username_characters: () => "Usa solo letras minúsculas a–z, números y _.",
  name_missing: () => "Escribe tu nombre.",
  name_length: () => "El nombre puede tener 100 caracteres como máximo.",
  name_characters: () => "El nombre no puede contener caracteres como < > ; = o @.",
  name_shapeless: () => "El nombre no puede contener caracteres sin forma visible.",
  name_without_letter: () => "El nombre debe tener al menos una letra.",
  email_missing: () => "Escribe tu dirección de correo.",
  email_length: () => "La dirección de correo puede tener 254 caracteres como máximo.",
  email_invalid: () => "Esto no parece una dirección de correo. Ejemplo: ada@example.com.",
  password_missing: () => "Elige una contraseña.",
  password_length: () => "La contraseña debe tener entre 8 y 256 caracteres.",
  password_to_enter: () => "Escribe tu contraseña.",
  password_too_long: () => "La contraseña es demasiado larga.",
  field_unasked: () => "Este dato no se pide en el registro.",
  terms_missing: () => "Acepta los términos para registrarte.",
  terms_changed: () => "Los términos han cambiado mientras tanto. Recarga la página.",
  extra_invalid: () => "Revisa lo que escribiste aquí.",
  code_missing: () => "Escribe los 8 dígitos del código.",
  code_not_alone: () => "El código tiene 8 dígitos. No escribas nada más.",
  /** @param count how many digits there are */
  code_length: (count) =>
    plural(Number(count), {
      one: "El código tiene 8 dígitos; aquí hay solo uno.",
      other: "El código tiene 8 dígitos; aquí hay #.",
    }),
  link_incomplete: () => "El enlace está incompleto.",
  link_too_long: () => "El enlace es demasiado largo.",
  request_id_invalid: () =>
    "requestId debe ser un UUID propio, creado para este registro, que no cambie al reintentarlo.",
  language_invalid: () => "language debe ser una etiqueta BCP 47, por ejemplo, es-MX o pt-BR.",
  state_invalid: () => "state debe tener entre 1 y 500 caracteres ASCII visibles o espacios.",
  return_to_invalid: () => "returnTo debe ser una URL de 2000 caracteres como máximo.",
};
