import type { PasswordAdviceTexts } from "../en/password-advice.ts";

/**
 * The advice while someone types a password. Keep each text short: there is room for two lines, or
 * three on a small phone.
 */
export const passwordAdvice: PasswordAdviceTexts = {
  /** Joins the sentences of one piece of advice. */
  separator: " ",
  tooShort: "قصيرة جدًا: 8 أحرف على الأقل.",
  weak: "ضعيفة.",
  fair: "مقبولة، لكنها ليست قوية بما يكفي بعد.",
  good: "جيدة: يصعب تخمينها.",
  strong: "قوية: يصعب تخمينها جدًا.",

  warnings: {
    straightRow: "يسهل تخمين صف من المفاتيح.",
    keyPattern: "يسهل تخمين أنماط لوحة المفاتيح.",
    simpleRepeat: "التكرار مثل «\u2066aaa\u2069» لا يفيد كثيرًا.",
    extendedRepeat: "التكرار مثل «\u2066abcabc\u2069» لا يفيد كثيرًا.",
    sequences: "التسلسل مثل «\u2066abc\u2069» لا يفيد كثيرًا.",
    recentYears: "يسهل تخمين السنوات الأخيرة.",
    dates: "يسهل تخمين التواريخ.",
    topTen: "من كلمات المرور العشر الأكثر شيوعًا.",
    topHundred: "من كلمات المرور الأكثر شيوعًا.",
    common: "كلمة مرور شائعة.",
    similarToCommon: "تشبه كلمة مرور شائعة.",
    wordByItself: "يسهل تخمين كلمة واحدة.",
    namesByThemselves: "يسهل تخمين اسم وحده.",
    commonNames: "يسهل تخمين الأسماء.",
    userInputs: "تحتوي على اسمك أو عنوانك.",
    pwned: "ظهرت في تسريب بيانات.",
  },

  /** What would help, or helps less than people think. */
  suggestions: {
    l33t: "وضع @ بدل «\u2066a\u2069» لا يكاد يفيد.",
    reverseWords: "الكتابة المعكوسة لا تكاد تفيد.",
    allUppercase: "الأحرف الكبيرة وحدها لا تكاد تفيد.",
    capitalization: "حرف كبير في البداية لا يكاد يفيد.",
    dates: "يُفضَّل تجنّب تواريخك الخاصة.",
    recentYears: "يُفضَّل تجنّب السنوات الأخيرة.",
    associatedYears: "يُفضَّل تجنّب سنواتك الخاصة.",
    sequences: "يُفضَّل تجنّب التسلسل.",
    repeated: "يُفضَّل تجنّب التكرار.",
    longerKeyboardPattern: "الكلمات أفضل.",
    anotherWord: "يُفضَّل إضافة كلمة نادرة أو كلمتين.",
    useWords: "يُفضَّل استخدام بضع كلمات نادرة.",
    noNeed: "لا حاجة إلى رموز أو أحرف كبيرة.",
    pwned: "يجب عدم استخدامها في أي مكان.",
  },
};
