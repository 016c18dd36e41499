import type { PasswordAdviceTexts } from "../en/password-advice.ts";

/**
 * The advice while someone types a password. Keep each text short: there is room for two lines, or
 * three on a small phone. The keys of warnings and suggestions are those of zxcvbn.
 */
export const passwordAdvice: PasswordAdviceTexts = {
  /** Joins the sentences of one piece of advice. */
  separator: " ",
  tooShort: "Muy corta: al menos 8 caracteres.",
  weak: "Débil.",
  fair: "Regular: aún no es lo bastante fuerte.",
  good: "Buena: difícil de adivinar.",
  strong: "Fuerte: muy difícil de adivinar.",

  warnings: {
    straightRow: "Una fila de teclas es fácil de adivinar.",
    keyPattern: "Los patrones de teclado son fáciles de adivinar.",
    simpleRepeat: "Las repeticiones como “aaa” ayudan poco.",
    extendedRepeat: "Las repeticiones como “abcabc” ayudan poco.",
    sequences: "Las secuencias como “abc” ayudan poco.",
    recentYears: "Los años recientes son fáciles de adivinar.",
    dates: "Las fechas son fáciles de adivinar.",
    topTen: "Es una de las diez contraseñas más comunes.",
    topHundred: "Es una de las contraseñas más comunes.",
    common: "Es una contraseña común.",
    similarToCommon: "Se parece a una contraseña común.",
    wordByItself: "Una sola palabra es fácil de adivinar.",
    namesByThemselves: "Un nombre por sí solo es fácil de adivinar.",
    commonNames: "Los nombres son fáciles de adivinar.",
    userInputs: "Contiene tu nombre o tu dirección de correo.",
    pwned: "Apareció en una filtración de datos.",
  },

  /** What would help, or helps less than people think. */
  suggestions: {
    l33t: "Cambiar “a” por @ apenas ayuda.",
    reverseWords: "Escribir al revés apenas ayuda.",
    allUppercase: "Usar solo mayúsculas apenas ayuda.",
    capitalization: "Una mayúscula inicial apenas ayuda.",
    dates: "Evita fechas importantes para ti.",
    recentYears: "Evita años recientes.",
    associatedYears: "Evita años importantes para ti.",
    sequences: "Evita secuencias.",
    repeated: "Evita repeticiones.",
    longerKeyboardPattern: "Las palabras funcionan mejor.",
    anotherWord: "Añade una o dos palabras poco comunes.",
    useWords: "Usa algunas palabras poco comunes.",
    noNeed: "No hacen falta símbolos ni mayúsculas.",
    pwned: "No la uses en ningún sitio.",
  },
};
