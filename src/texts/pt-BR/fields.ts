import type { FieldTexts } from "../en/fields.ts";
import { formatsOf } from "../formats.ts";

const { plural } = formatsOf("pt-BR");

/**
 * Why a field's value is refused. The keys are the messages of src/shared/signup-schema.ts; what
 * follows a colon there is the parameter here.
 */
export const fields: FieldTexts = {
  broken_character: () => "Há um caractere corrompido aqui. Digite novamente.",
  /** @param name its Unicode name, which is English everywhere */
  invisible_character: (name) => `Há um caractere invisível aqui: ${name}. Remova-o.`,
  username_missing: () => "Escolha um nome de usuário.",
  username_length: () => "O nome de usuário deve ter de 3 a 100 caracteres.",
  username_characters: () => "Use somente letras minúsculas a–z, números e _.",
  name_missing: () => "Digite seu nome.",
  name_length: () => "O nome pode ter no máximo 100 caracteres.",
  name_characters: () => "O nome não pode conter caracteres como < > ; = ou @.",
  name_shapeless: () => "O nome não pode conter caracteres sem forma visível.",
  name_without_letter: () => "O nome deve ter pelo menos uma letra.",
  email_missing: () => "Digite seu endereço de e-mail.",
  email_length: () => "O endereço de e-mail pode ter no máximo 254 caracteres.",
  email_invalid: () => "Isto não parece um endereço de e-mail. Exemplo: ada@example.com.",
  password_missing: () => "Escolha uma senha.",
  password_length: () => "A senha deve ter de 8 a 256 caracteres.",
  password_to_enter: () => "Digite sua senha.",
  password_too_long: () => "A senha é longa demais.",
  field_unasked: () => "Este dado não é pedido no cadastro.",
  terms_missing: () => "Aceite os termos para se cadastrar.",
  terms_changed: () => "Os termos mudaram nesse meio-tempo. Recarregue a página.",
  extra_invalid: () => "Verifique o que você digitou aqui.",
  code_missing: () => "Digite os 8 dígitos do código.",
  code_not_alone: () => "O código tem 8 dígitos. Não digite mais nada.",
  /** @param count how many digits there are */
  code_length: (count) =>
    plural(Number(count), {
      one: "O código tem 8 dígitos; aqui há só um.",
      other: "O código tem 8 dígitos; aqui há #.",
    }),
  link_incomplete: () => "O link está incompleto.",
  link_too_long: () => "O link é longo demais.",
  request_id_invalid: () =>
    "requestId deve ser um UUID próprio, criado para este cadastro, que não muda quando ele é reenviado.",
  language_invalid: () => "language deve ser uma tag BCP 47, como en ou pt-BR.",
  state_invalid: () => "state deve ter de 1 a 500 caracteres ASCII visíveis ou espaços.",
  return_to_invalid: () => "returnTo deve ser uma URL de no máximo 2000 caracteres.",
};
