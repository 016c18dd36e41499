/**
 * The advice while someone types a password. Keep each text short: there is room for two lines, or
 * three on a small phone. The keys of warnings and suggestions are those of zxcvbn.
 */
export const passwordAdvice = {
  /** Joins the sentences of one piece of advice. */
  separator: " ",
  tooShort: "Too short: at least 8 characters.",
  weak: "Weak.",
  fair: "Fair, but not strong enough yet.",
  good: "Good: hard to guess.",
  strong: "Strong: very hard to guess.",

  warnings: {
    straightRow: "A row of keys is easy to guess.",
    keyPattern: "Keyboard patterns are easy to guess.",
    simpleRepeat: "Repeats such as “aaa” add little.",
    extendedRepeat: "Repeats such as “abcabc” add little.",
    sequences: "Sequences such as “abc” add little.",
    recentYears: "Recent years are easy to guess.",
    dates: "Dates are easy to guess.",
    topTen: "It is one of the ten most common passwords.",
    topHundred: "It is one of the most common passwords.",
    common: "It is a common password.",
    similarToCommon: "It is similar to a common password.",
    wordByItself: "A single word is easy to guess.",
    namesByThemselves: "A name alone is easy to guess.",
    commonNames: "Names are easy to guess.",
    userInputs: "It contains your name or address.",
    pwned: "It has been in a data breach.",
  },

  /** What would help, or helps less than people think. */
  suggestions: {
    l33t: "Swapping @ for “a” hardly helps.",
    reverseWords: "Spelling backwards hardly helps.",
    allUppercase: "Capital letters alone hardly help.",
    capitalization: "A capital letter in front hardly helps.",
    dates: "Leave out your dates.",
    recentYears: "Leave out recent years.",
    associatedYears: "Leave out your years.",
    sequences: "Leave out sequences.",
    repeated: "Leave out repeats.",
    longerKeyboardPattern: "Words work better.",
    anotherWord: "Add a rare word or two.",
    useWords: "Use a few rare words.",
    noNeed: "Symbols and capitals are not needed.",
    pwned: "Don't use it anywhere.",
  },
};

export type PasswordAdviceTexts = typeof passwordAdvice;
