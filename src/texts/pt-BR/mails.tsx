import type { MailTexts } from "../en/mails.tsx";

/** The texts of the mails. Values that are nodes are names, hosts or addresses. */
export const mails: MailTexts = {
  hello: "Olá,",
  ifButtonFails: "Se o botão não funcionar, abra este link:",
  support: (address) => <>Precisa de ajuda? Fale conosco em {address}.</>,

  verification: {
    subject: "Confirme seu endereço de e-mail",
    title: "Confirme seu endereço",
    confirm: (username, host) => (
      <>
        Alguém, provavelmente você, escolheu o nome de usuário {username} em {host} e informou este
        endereço. Confirme que o endereço é seu:
      </>
    ),
    confirmAddress: (host) => (
      <>
        Alguém, provavelmente você, se cadastrou em {host} com este endereço. Confirme que o
        endereço é seu:
      </>
    ),
    button: "Confirmar meu endereço",
    /** @param duration a number of hours, such as "24 horas" */
    lifetime: (duration) =>
      `O link funciona por ${duration}. No navegador em que você se cadastrou, basta um clique; em qualquer outro, ele pede a senha que você escolheu.`,
    code: "Está lendo isto em um dispositivo diferente daquele em que se cadastrou? Então digite este código lá, na página em que você se cadastrou:",
    codeWarning:
      "Nunca passe o código para ninguém. Se você receber mais de um e-mail, só o código do mais recente funciona.",
    notYou:
      "Não foi você? Então não precisa fazer nada: sem a sua confirmação, não há conta. Para que o cadastro seja excluído na hora, abra o link e clique em “Não fui eu”.",
  },

  invitation: {
    subject: (service) => `Seu convite para ${service}`,
    title: "Você recebeu um convite",
    text: (host) => <>Você recebeu um convite para se cadastrar em {host} com este endereço.</>,
    button: "Cadastrar",
    /** @param duration a number of days or hours, such as "14 days" */
    lifetime: (duration) =>
      `O convite vale por ${duration} e somente para este endereço. Você não precisará confirmar o endereço de novo.`,
    notYou:
      "Você não esperava este e-mail? Então não precisa fazer nada: sem o seu cadastro, nenhuma conta é criada.",
  },

  existingAccount: {
    subject: "Você já tem uma conta",
    text: (host) => (
      <>
        Alguém, provavelmente você, usou este endereço para se cadastrar em {host}. O endereço já
        pertence a uma conta, por isso não há nada a confirmar: entre com a conta que você já tem.
      </>
    ),
    signIn: "Entrar",
    notYou:
      "Não foi você? Então não precisa fazer nada. Ninguém entrou na sua conta, e o novo cadastro será excluído automaticamente.",
  },
};
