import type { RefusalTexts } from "../en/refusals.ts";

/** Why a request is refused: what happened, and what to do next. The keys are the API's reasons. */
export const refusals: RefusalTexts = {
  // Signing up
  username_reserved: "Este nome de usuário está reservado. Escolha outro.",
  username_taken: "Este nome de usuário já está em uso. Escolha outro.",
  password_guessable: "Esta senha é fácil de adivinhar. Escolha uma mais longa ou menos comum.",
  address_unsupported: ({ letter }) =>
    `Não podemos enviar e-mails para um endereço com “${letter}” antes do @. Use outro.`,
  domain_takes_no_mail: ({ domain }) =>
    `Não é possível enviar e-mails para ${domain}. Confira o que você digitou depois do @.`,
  return_not_allowed: "O endereço de retorno (return_to) não é permitido.",
  request_id_used:
    "Você já se cadastrou nesta página, com outra senha ou outros dados. Procure nosso e-mail na sua caixa de entrada. Para se cadastrar de novo com os dados novos, envie-os mais uma vez.",
  usernames_off: "Aqui não há nomes de usuário.",
  signups_closed: "O cadastro está fechado no momento.",
  invitation_required: "Para se cadastrar aqui, você precisa de um convite.",
  invitation_unknown:
    "Este convite não existe. Abra o link do convite mais recente que você recebeu.",
  invitation_used: "Este convite já foi usado. Entre com a conta que foi criada com ele.",
  invitation_expired: "Este convite expirou. Peça um novo.",
  invitation_for_another:
    "O convite é para outro endereço. Cadastre-se com o endereço para o qual ele foi enviado.",
  // Confirming
  signup_unknown: "Não encontramos nenhum cadastro feito neste navegador.",
  signup_of_code_unknown:
    "Não encontramos nenhum cadastro feito neste navegador. Digite o código onde você se cadastrou ou abra o link do e-mail.",
  signup_gone:
    "Este cadastro não existe mais: foi excluído ou não foi confirmado a tempo. Você pode se cadastrar novamente.",
  code_wrong: ({ left = 0 }) =>
    `Este não é o código do último e-mail que enviamos a você. Tentativas restantes: ${left}.`,
  code_of_old_address:
    "Este não é o código do último e-mail que enviamos a você. O endereço foi alterado.",
  code_expired: "Este código expirou. Peça um novo e-mail.",
  code_used_up: "Houve códigos incorretos demais. Peça um novo e-mail.",
  link_unknown: "Este link não é nosso. Abra-o novamente a partir do e-mail.",
  link_of_gone_signup:
    "Este cadastro não existe mais: foi excluído ou não foi confirmado a tempo. Você pode se cadastrar novamente.",
  link_of_old_address:
    "O endereço foi alterado depois do envio deste e-mail, por isso o link não funciona mais. Abra o e-mail que enviamos para o novo endereço.",
  link_expired: "Este link expirou.",
  password_required:
    "Você abriu este link em um navegador diferente daquele em que se cadastrou. Digite a senha que você escolheu.",
  password_wrong: "Esta não é a senha que você usou no cadastro.",
  address_verified_elsewhere:
    "Este endereço já pertence a uma conta verificada. Entre com essa conta.",
  already_verified: "Esta conta já está verificada.",
  verified_not_deletable: "Esta conta está verificada, por isso não pode mais ser excluída aqui.",
  nowhere_to_continue: "Ainda não há para onde continuar.",
  // Limits
  mailed_just_now: "Enviamos o último e-mail há menos de um minuto.",
  corrected_just_now: "O endereço foi alterado há menos de um minuto.",
  many_username_checks: "Houve verificações demais.",
  many_invalid_signups: "Houve cadastros inválidos demais na sua rede.",
  many_failed_signups: "Houve falhas de cadastro demais na sua rede no último minuto.",
  many_signups: "Houve cadastros demais na sua rede na última hora.",
  many_repeats: "Este cadastro já foi feito e foi reenviado vezes demais.",
  // Never shown to anyone.
  many_reclaims: "Foram tentadas senhas demais para este nome de usuário.",
  many_mails_to_address:
    "Enviamos vários e-mails para este endereço na última hora. Procure por eles, também na caixa de spam.",
  many_mails: "Houve pedidos de e-mail demais na sua rede na última hora.",
  many_mails_in_all: "Atingimos nosso limite de e-mails para esta hora. Nada foi salvo.",
  many_resends: "Você pediu e-mails demais na última hora.",
  many_passwords: "Houve tentativas de senha demais na última hora.",
  many_hand_offs: "Esta página levou de volta ao aplicativo vezes demais na última hora.",
  many_wrong_secrets: "Houve segredos incorretos demais na sua rede no último minuto.",
  // Enlist's own state
  overloaded:
    "Estamos com muitos acessos no momento. Tente novamente em instantes; é seguro enviar duas vezes.",
  nothing_saved:
    "Não conseguimos fazer isso no momento. Nada foi salvo; tente novamente em instantes.",
  outcome_unknown:
    "Perdemos a conexão com nosso banco de dados. Tente novamente; é seguro enviar duas vezes.",
  // Any request
  fields_invalid: "Alguns campos são inválidos.",
  internal_server_error: "Algo deu errado do nosso lado. Tente novamente em instantes.",
};
