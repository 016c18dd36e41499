import type { PasswordAdviceTexts } from "../en/password-advice.ts";

/**
 * The advice while someone types a password. Keep each text short: there is room for two lines, or
 * three on a small phone.
 */
export const passwordAdvice: PasswordAdviceTexts = {
  /** Joins the sentences of one piece of advice. */
  separator: "",
  tooShort: "短すぎます。8 文字以上必要です。",
  weak: "弱すぎます。",
  fair: "まずまずですが、まだ不十分です。",
  good: "良好です。推測は困難です。",
  strong: "強力です。推測は極めて困難です。",

  warnings: {
    straightRow: "キーの並びは推測されやすいです。",
    keyPattern: "キーボード上の配列は推測されやすいです。",
    simpleRepeat: "「aaa」などの繰り返しは効果が薄いです。",
    extendedRepeat: "「abcabc」などの繰り返しは効果が薄いです。",
    sequences: "「abc」などの連続文字は効果が薄いです。",
    recentYears: "最近の西暦は推測されやすいです。",
    dates: "日付は推測されやすいです。",
    topTen: "使用数トップ 10 のパスワードです。",
    topHundred: "特によく使われるパスワードです。",
    common: "よく使われるパスワードです。",
    similarToCommon: "よく使われるパスワードに似ています。",
    wordByItself: "単語 1 つでは推測されやすいです。",
    namesByThemselves: "人名だけでは推測されやすいです。",
    commonNames: "人名は推測されやすいです。",
    userInputs: "自分の名前やメールアドレスが含まれています。",
    pwned: "データ漏えいで流出しています。",
  },

  /** What would help, or helps less than people think. */
  suggestions: {
    l33t: "「a」を @ に変えても効果はわずかです。",
    reverseWords: "逆から書いても効果はわずかです。",
    allUppercase: "大文字にするだけでは効果はわずかです。",
    capitalization: "先頭を大文字にしても効果はわずかです。",
    dates: "自分に関係する日付は避けてください。",
    recentYears: "最近の西暦は避けてください。",
    associatedYears: "自分に関係する西暦は避けてください。",
    sequences: "連続文字は避けてください。",
    repeated: "繰り返しは避けてください。",
    longerKeyboardPattern: "単語のほうが効果的です。",
    anotherWord: "珍しい単語を足してください。",
    useWords: "珍しい単語をいくつか使ってください。",
    noNeed: "記号や大文字は不要です。",
    pwned: "どこにも使わないでください。",
  },
};
