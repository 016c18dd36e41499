import type { PasswordAdviceTexts } from "../en/password-advice.ts";

/**
 * The advice while someone types a password. Keep each text short: there is room for two lines, or
 * three on a small phone. The keys of warnings and suggestions are those of zxcvbn.
 */
export const passwordAdvice: PasswordAdviceTexts = {
  /** Joins the sentences of one piece of advice. */
  separator: " ",
  tooShort: "Trop court : au moins 8 caractères.",
  weak: "Faible.",
  fair: "Moyen, mais pas encore assez fort.",
  good: "Bon : difficile à deviner.",
  strong: "Fort : très difficile à deviner.",

  warnings: {
    straightRow: "Une rangée de touches se devine vite.",
    keyPattern: "Les motifs du clavier se devinent vite.",
    simpleRepeat: "Les répétitions comme « aaa » aident peu.",
    extendedRepeat: "Les répétitions comme « abcabc » aident peu.",
    sequences: "Les suites comme « abc » aident peu.",
    recentYears: "Les années récentes se devinent vite.",
    dates: "Les dates se devinent vite.",
    topTen: "Il figure parmi les dix plus courants.",
    topHundred: "Il figure parmi les plus courants.",
    common: "C’est un mot de passe courant.",
    similarToCommon: "Il ressemble à un mot de passe courant.",
    wordByItself: "Un mot seul se devine vite.",
    namesByThemselves: "Un nom seul se devine vite.",
    commonNames: "Les noms se devinent vite.",
    userInputs: "Il contient votre nom ou votre adresse.",
    pwned: "Il figure dans une fuite de données.",
  },

  /** What would help, or helps less than people think. */
  suggestions: {
    l33t: "Mettre @ pour « a » n’aide guère.",
    reverseWords: "Écrire à l’envers n’aide guère.",
    allUppercase: "Les majuscules seules n’aident guère.",
    capitalization: "Une majuscule au début n’aide guère.",
    dates: "Évitez les dates qui vous concernent.",
    recentYears: "Évitez les années récentes.",
    associatedYears: "Évitez les années qui vous concernent.",
    sequences: "Évitez les suites.",
    repeated: "Évitez les répétitions.",
    longerKeyboardPattern: "Des mots conviennent mieux.",
    anotherWord: "Ajoutez un ou deux mots rares.",
    useWords: "Utilisez quelques mots rares.",
    noNeed: "Symboles et majuscules sont inutiles.",
    pwned: "Ne l’utilisez nulle part.",
  },
};
