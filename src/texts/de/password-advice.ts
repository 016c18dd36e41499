import type { PasswordAdviceTexts } from "../en/password-advice.ts";

/**
 * The advice while someone types a password. Keep each text short: there is room for two lines, or
 * three on a small phone. The keys of warnings and suggestions are those of zxcvbn.
 */
export const passwordAdvice: PasswordAdviceTexts = {
  /** Joins the sentences of one piece of advice. */
  separator: " ",
  tooShort: "Zu kurz: mindestens 8 Zeichen.",
  weak: "Schwach.",
  fair: "Mittel, aber noch nicht stark genug.",
  good: "Gut: schwer zu erraten.",
  strong: "Stark: sehr schwer zu erraten.",

  warnings: {
    straightRow: "Tastenreihen sind leicht zu erraten.",
    keyPattern: "Tastaturmuster sind leicht zu erraten.",
    simpleRepeat: "Wiederholungen wie „aaa“ bringen wenig.",
    extendedRepeat: "Wiederholungen wie „abcabc“ bringen wenig.",
    sequences: "Abfolgen wie „abc“ bringen wenig.",
    recentYears: "Jüngere Jahreszahlen sind leicht zu erraten.",
    dates: "Datumsangaben sind leicht zu erraten.",
    topTen: "Es ist eines der zehn häufigsten Passwörter.",
    topHundred: "Es ist eines der häufigsten Passwörter.",
    common: "Es ist ein häufiges Passwort.",
    similarToCommon: "Es ähnelt einem häufigen Passwort.",
    wordByItself: "Ein einzelnes Wort ist leicht zu erraten.",
    namesByThemselves: "Ein Name allein ist leicht zu erraten.",
    commonNames: "Namen sind leicht zu erraten.",
    userInputs: "Es enthält Ihren Namen oder Ihre Adresse.",
    pwned: "Es kam in einem Datenleck vor.",
  },

  /** What would help, or helps less than people think. */
  suggestions: {
    l33t: "Ein @ statt „a“ hilft kaum.",
    reverseWords: "Rückwärts schreiben hilft kaum.",
    allUppercase: "Großbuchstaben allein helfen kaum.",
    capitalization: "Ein großer Anfangsbuchstabe hilft kaum.",
    dates: "Besser ohne persönliche Datumsangaben.",
    recentYears: "Besser ohne jüngere Jahreszahlen.",
    associatedYears: "Besser ohne persönliche Jahreszahlen.",
    sequences: "Besser ohne Abfolgen.",
    repeated: "Besser ohne Wiederholungen.",
    longerKeyboardPattern: "Wörter eignen sich besser.",
    anotherWord: "Ergänzen Sie ein, zwei seltene Wörter.",
    useWords: "Nehmen Sie einige seltene Wörter.",
    noNeed: "Symbole und Großbuchstaben sind nicht nötig.",
    pwned: "Verwenden Sie es nirgends.",
  },
};
