import type { PasswordAdviceTexts } from "../en/password-advice.ts";

/**
 * The advice while someone types a password. Keep each text short: there is room for two lines, or
 * three on a small phone. The keys of warnings and suggestions are those of zxcvbn.
 */
export const passwordAdvice: PasswordAdviceTexts = {
  /** Joins the sentences of one piece of advice. */
  separator: " ",
  tooShort: "Muito curta: pelo menos 8 caracteres.",
  weak: "Fraca.",
  fair: "Razoável, mas ainda não é forte o bastante.",
  good: "Boa: difícil de adivinhar.",
  strong: "Forte: muito difícil de adivinhar.",

  warnings: {
    straightRow: "Uma fileira de teclas é fácil de adivinhar.",
    keyPattern: "Padrões de teclado são fáceis de adivinhar.",
    simpleRepeat: "Repetições como “aaa” ajudam pouco.",
    extendedRepeat: "Repetições como “abcabc” ajudam pouco.",
    sequences: "Sequências como “abc” ajudam pouco.",
    recentYears: "Anos recentes são fáceis de adivinhar.",
    dates: "Datas são fáceis de adivinhar.",
    topTen: "É uma das dez senhas mais comuns.",
    topHundred: "É uma das senhas mais comuns.",
    common: "É uma senha comum.",
    similarToCommon: "É parecida com uma senha comum.",
    wordByItself: "Uma única palavra é fácil de adivinhar.",
    namesByThemselves: "Um nome sozinho é fácil de adivinhar.",
    commonNames: "Nomes são fáceis de adivinhar.",
    userInputs: "Contém seu nome ou endereço de e-mail.",
    pwned: "Apareceu em um vazamento de dados.",
  },

  /** What would help, or helps less than people think. */
  suggestions: {
    l33t: "Trocar “a” por @ quase não ajuda.",
    reverseWords: "Escrever ao contrário quase não ajuda.",
    allUppercase: "Usar só maiúsculas quase não ajuda.",
    capitalization: "Uma maiúscula no início quase não ajuda.",
    dates: "Evite datas importantes para você.",
    recentYears: "Evite anos recentes.",
    associatedYears: "Evite anos importantes para você.",
    sequences: "Evite sequências.",
    repeated: "Evite repetições.",
    longerKeyboardPattern: "Palavras funcionam melhor.",
    anotherWord: "Acrescente uma ou duas palavras incomuns.",
    useWords: "Use algumas palavras incomuns.",
    noNeed: "Símbolos e maiúsculas não são necessários.",
    pwned: "Não a use em lugar nenhum.",
  },
};
