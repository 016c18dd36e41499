import type { PageTexts } from "../en/pages.tsx";
import { formatsOf } from "../formats.ts";

const { duration, shortly } = formatsOf("pt-BR");

/** The texts of the pages. Values that are nodes are names, addresses or links. */
export const pages: PageTexts = {
  description: (service) => `Crie sua conta em ${service}.`,
  language: "Idioma",
  footer: { terms: "Termos", privacy: "Privacidade", support: "Ajuda" },

  loadAgain: "Recarregar a página",
  /** The page could be loaded only in part. */
  incomplete:
    "Não foi possível carregar uma parte desta página. Se você já se cadastrou, seu cadastro continua valendo e seu e-mail chegará mesmo assim: o link funciona em qualquer navegador.",
  unreachable:
    "Não conseguimos contato com o servidor, ou a resposta se perdeu. Tente novamente; é seguro enviar duas vezes.",
  outdated: "Esta página está desatualizada. Nada foi feito; recarregue a página.",
  /** A refusal, and when to try again. */
  tryAgainIn: (refusal, seconds) => `${refusal} Aguarde ${duration(seconds)} e tente novamente.`,

  signUp: {
    tab: "Cadastro",
    title: "Crie sua conta",
    noScript:
      "Este formulário precisa de JavaScript, que está desativado no seu navegador. Ative-o para se cadastrar.",
    username: "Nome de usuário",
    usernameHint: "De 3 a 100 caracteres: a–z, 0–9, _. Qualquer pessoa pode ver.",
    usernameFree: "Este nome de usuário está disponível.",
    usernameTaken: "Este nome de usuário já está em uso.",
    fullName: "Seu nome",
    fullNameOptional: "Seu nome (opcional)",
    email: "E-mail",
    emailHint: "Enviaremos um e-mail para confirmar o endereço.",
    emailInvited: "Seu convite foi enviado a este endereço, então você não precisa confirmá-lo.",
    didYouMean: (address) => <>Você quis dizer {address}?</>,
    password: "Senha",
    passwordHint:
      "Pelo menos 8 caracteres. Algumas palavras sem relação entre si são uma boa opção.",
    show: "Mostrar",
    hide: "Ocultar",
    showPassword: "Mostrar senha",
    hidePassword: "Ocultar senha",
    capsLock: "Caps Lock ativado",
    acceptTerms: (terms) => <>Aceito os {terms("termos de uso")}.</>,
    acceptTermsAndPrivacy: (terms, privacy) => (
      <>
        Aceito os {terms("termos de uso")} e li a {privacy("política de privacidade")}.
      </>
    ),
    submit: "Cadastrar-se",
    submitting: "Cadastrando…",
    nothingSent: "Não conseguimos contato com o servidor. Nada foi enviado ainda; tente novamente.",
    outdated: "Esta página está desatualizada. Nada foi enviado ainda; recarregue a página.",
    already: "Já se cadastrou?",
    signIn: "Entrar",
    seeMail: "Ver o status do seu e-mail",
    /** The sign-up succeeded, but the next page could not be loaded. */
    stranded: "Não foi possível carregar a página que mostra o status do e-mail.",
    strandedAgain: "Tentar novamente",
    goTo: "Ir para a página de cadastro",
  },

  closed: {
    title: "Cadastro fechado",
    text: "No momento, ninguém pode se cadastrar aqui. Se você já se cadastrou, o link do seu e-mail continua funcionando.",
  },
  invitationOnly: {
    title: "Somente com convite",
    text: "Para se cadastrar aqui, você precisa de um convite. Se tiver um, abra o link que está nele.",
  },

  checkInbox: {
    title: "Confira sua caixa de entrada",
    noScript:
      "Esta página precisa de JavaScript para mostrar o status do seu e-mail. O link do e-mail funciona mesmo assim, mas também precisa de JavaScript.",
    offline:
      "A conexão foi perdida. O que você vê pode estar desatualizado; tentando contato com o servidor…",
    signedUpAs: (username, email) => (
      <>
        Você se cadastrou como {username}. O e-mail vai para {email}.
      </>
    ),
    signedUp: (email) => <>Você se cadastrou. O e-mail vai para {email}.</>,
    openLinkOrCode:
      "Quando o e-mail chegar, abra o link: neste navegador, basta um clique. Ou digite o código aqui:",
    openLink: "Abra o link do e-mail para confirmar seu endereço.",
    earlier:
      "Uma tentativa anterior já tinha sido concluída, com os dados abaixo. O que você alterou depois não foi salvo.",
    code: "Código do e-mail",
    codeHint: "8 dígitos. Prático quando você lê o e-mail em outro dispositivo.",
    confirm: "Confirmar",
    confirming: "Confirmando…",
    noMail: "O e-mail não chegou?",
    noMailHint:
      "Pode levar um ou dois minutos. Confira também a caixa de spam e se o endereço acima está correto. Se esse endereço já tiver uma conta, o e-mail dirá isso em vez de trazer o link.",
    correct: "Corrigir o endereço",
    correctLabel: "Endereço correto",
    correctHint: "O link do e-mail enviado para o endereço anterior deixará de funcionar.",
    correctSubmit: "Alterar e enviar e-mail",
    correcting: "Alterando…",
    keep: "Manter como está",
    corrected: (email) => `O endereço foi alterado: agora seu e-mail vai para ${email}.`,
    sameAddress: "Este é o endereço que já temos.",
    sendAgain: "Enviar novo e-mail",
    sendAgainIn: (seconds) => `Enviar novo e-mail em ${shortly(seconds)}`,
    sendingAgain: "Pedindo um novo e-mail…",
    sentAgain: "Um novo e-mail está a caminho.",

    refusedTitle: "Não conseguimos enviar o e-mail",
    refused:
      "O servidor de e-mail não aceita e-mails para este endereço, ou não aceitou nenhum por mais de uma hora. Confira se o endereço está correto.",
    whatYouCanDo: "O que você pode fazer",
    refusedAddressAgain: "O servidor de e-mail também não aceita e-mails para este endereço.",
    refusedMailAgain: "O servidor de e-mail também não aceitou o novo e-mail.",

    /** Signed up, but the browser kept no cookie. */
    unknown:
      "Você se cadastrou, e o e-mail está a caminho. Abra o link e digite a senha que você escolheu: é só isso, em qualquer navegador.",
    unknownHint:
      "Seu navegador não guardou nosso cookie, por isso esta página não pode mostrar o status do e-mail nem aceitar o código dele. Se nenhum e-mail chegar, confira também a caixa de spam.",
    goneTitle: "Não há nenhum cadastro aqui",
    noCookie:
      "Não encontramos nenhum cadastro feito neste navegador; talvez ele não tenha guardado nosso cookie. Se você se cadastrou, seu e-mail chegará mesmo assim: abra o link em qualquer navegador e digite sua senha.",
    gone: "Este cadastro não existe mais: foi excluído ou não foi confirmado a tempo.",
  },

  /** The steps from the form to the account. */
  steps: {
    signedUp: "Você se cadastrou",
    queued: "E-mail na fila",
    unavailable: "O servidor de e-mail está indisponível. Seu e-mail chegará assim que ele voltar.",
    sending: "O e-mail está sendo enviado",
    sendingAgain: (attempt, attempts) =>
      `O e-mail está sendo enviado (tentativa ${attempt} de ${attempts})`,
    retrying: "O servidor de e-mail ainda não aceitou o e-mail; continuamos tentando.",
    retryingAgain: (attempt, attempts) =>
      `O servidor de e-mail ainda não aceitou o e-mail; continuamos tentando (tentativa ${attempt} de ${attempts}).`,
    nextTryIn: (seconds) => `Próxima tentativa em ${shortly(seconds)}.`,
    tryingNow: "Tentando agora.",
    refused: "O servidor de e-mail recusou o e-mail",
    sent: "E-mail enviado para entrega",
    unknown: "Estamos cuidando do seu e-mail",
    youConfirm: "Você confirma seu endereço",
    confirmed: "Endereço confirmado",
  },

  verify: {
    title: "Confirme seu endereço",
    noScript:
      "Esta página precisa de JavaScript, que está desativado no seu navegador. Ative-o para confirmar seu endereço.",
    addressOfAccount: (email, username) => (
      <>
        {email}, para a conta {username}.
      </>
    ),
    oneClick: "Um clique, e sua conta estará pronta.",
    otherBrowser:
      "Você se cadastrou em outro navegador, ou este não guardou nosso cookie: digite a senha que você escolheu. Ou digite o código do e-mail na página em que você se cadastrou, se ela pedir.",
    password: "A senha que você escolheu",
    passwordMissing: "Digite sua senha.",
    submit: "Confirmar meu endereço",
    submitting: "Confirmando…",
    notMe: "Não fui eu",
    notMeLabel: "Não foi você?",
    deadTitle: "Este link não funciona",
    incompleteLink: "O link está incompleto. Abra-o novamente a partir do e-mail.",
    newLink: "Receber um novo link",
    newLinkPending: "Pedindo um novo e-mail…",
    newLinkSent: (email) => (
      <>Um novo e-mail está a caminho de {email}. Abra o link dele; você pode fechar esta página.</>
    ),
  },

  verified: {
    title: "Conta verificada",
    already: "Conta já verificada",
    ready: "Seu endereço está confirmado e sua conta está pronta.",
    readyFor: (email, username) => (
      <>
        O endereço {email} está confirmado e sua conta {username} está pronta.
      </>
    ),
    readyForAddress: (email) => <>O endereço {email} está confirmado e sua conta está pronta.</>,
    close: "Você pode fechar esta página.",
    continueTo: (application) => `Continuar para ${application}`,
    continuing: "Um momento…",
    byItself: "Esta página continuará automaticamente.",
    byItselfIn: (seconds) => `Esta página continuará automaticamente em ${shortly(seconds)}.`,
    stay: "Ficar aqui",
  },

  discard: {
    title: "Não foi você?",
    text: "Alguém informou seu endereço, talvez por engano. Sem a sua confirmação, não há conta. Você também pode excluir o cadastro agora; quem o fez terá que começar de novo.",
    submit: "Excluir este cadastro",
    submitting: "Excluindo…",
    back: "Voltar",
    doneTitle: "Cadastro excluído",
    done: "Tudo relacionado a ele foi excluído, e o link não funciona mais. Você pode fechar esta página.",
  },

  /** An application's link to the sign-up page is wrong. */
  refusedLink: {
    title: "Este link não funciona",
    unknownAddress: (parameter) => (
      <>
        Ele levaria você a um endereço que não conhecemos ({parameter}). Nada foi feito. Avise quem
        administra o site que trouxe você até aqui.
      </>
    ),
    damaged: (parameter) => (
      <>
        Uma parte do link está corrompida ({parameter}). Nada foi feito. Avise quem administra o
        site que trouxe você até aqui.
      </>
    ),
    without: "Cadastrar-se mesmo assim",
  },

  notFound: {
    title: "Página não encontrada",
    text: (signUp) => (
      <>O endereço pode estar incompleto. Você pode {signUp("se cadastrar aqui")}.</>
    ),
  },

  failed: {
    title: "Algo deu errado",
    text: "A culpa não é sua, e o que você já enviou continua valendo: se você se cadastrou, seu e-mail chegará mesmo assim.",
  },
};
