import type { FieldTexts } from "../en/fields.ts";

/**
 * Why a field's value is refused. The keys are the messages of src/shared/signup-schema.ts; what
 * follows a colon there is the parameter here.
 */
export const fields: FieldTexts = {
  broken_character: () =>
    "La saisie contient un caractère endommagé. Veuillez le saisir à nouveau.",
  /** @param name its Unicode name, which is English everywhere */
  invisible_character: (name) =>
    `La saisie contient un caractère invisible : ${name}. Veuillez le supprimer.`,
  username_missing: () => "Choisissez un nom d’utilisateur.",
  username_length: () => "Un nom d’utilisateur compte de 3 à 100 caractères.",
  username_characters: () => "Utilisez uniquement des minuscules a–z, des chiffres et _.",
  name_missing: () => "Indiquez votre nom.",
  name_length: () => "Un nom compte au plus 100 caractères.",
  name_characters: () => "Un nom ne peut pas contenir de caractères tels que < > ; = ou @.",
  name_shapeless: () => "Un nom ne peut pas contenir de caractères sans forme visible.",
  name_without_letter: () => "Un nom doit comporter au moins une lettre.",
  email_missing: () => "Saisissez votre adresse e-mail.",
  email_length: () => "Une adresse e-mail compte au plus 254 caractères.",
  email_invalid: () => "Cela ne ressemble pas à une adresse e-mail (exemple : ada@example.com).",
  password_missing: () => "Choisissez un mot de passe.",
  password_length: () => "Un mot de passe compte de 8 à 256 caractères.",
  password_to_enter: () => "Saisissez votre mot de passe.",
  password_too_long: () => "Le mot de passe est trop long.",
  field_unasked: () => "Cette information n’est pas demandée à l’inscription.",
  terms_missing: () => "Veuillez accepter les conditions pour vous inscrire.",
  terms_changed: () => "Les conditions ont changé entre-temps. Veuillez recharger la page.",
  extra_invalid: () => "Veuillez vérifier votre saisie.",
  code_missing: () => "Saisissez les 8 chiffres du code.",
  code_not_alone: () => "Le code compte 8 chiffres. Veuillez ne rien saisir d’autre.",
  /** @param count how many digits there are */
  code_length: (count) => `Le code compte 8 chiffres ; vous en avez saisi ${count}.`,
  link_incomplete: () => "Le lien est incomplet.",
  link_too_long: () => "Le lien est trop long.",
  request_id_invalid: () =>
    "requestId doit être un UUID créé par vous pour cette inscription, qui reste le même à chaque nouvelle tentative.",
  language_invalid: () => "language doit être une balise BCP 47, comme en ou pt-BR.",
  state_invalid: () => "state doit compter de 1 à 500 caractères ASCII visibles ou espaces.",
  return_to_invalid: () => "returnTo doit être une URL d’au plus 2000 caractères.",
};
