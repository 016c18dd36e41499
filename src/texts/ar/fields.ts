import type { FieldTexts } from "../en/fields.ts";
import { formatsOf } from "../formats.ts";

const { plural } = formatsOf("ar");

// Latin pieces stand between U+2066 and U+2069, which keep their order in a right-to-left text.

/** Why a field's value is refused. */
export const fields: FieldTexts = {
  broken_character: () => "يحتوي هذا الحقل على حرف تالف. يُرجى إعادة الكتابة.",
  /** @param name its Unicode name, which is English everywhere */
  invisible_character: (name) =>
    `يحتوي هذا الحقل على حرف غير مرئي: \u2066${name}\u2069. يُرجى حذفه.`,
  username_missing: () => "يُرجى اختيار اسم مستخدم.",
  username_length: () => "يجب أن يتراوح طول اسم المستخدم بين 3 أحرف و100 حرف.",
  username_characters: () =>
    "يُسمح فقط بالأحرف الصغيرة \u2066a–z\u2069 والأرقام \u20660–9\u2069 والعلامة \u2066_\u2069.",
  name_missing: () => "يُرجى إدخال الاسم.",
  name_length: () => "يجب ألا يتجاوز الاسم 100 حرف.",
  name_characters: () => "لا يمكن أن يحتوي الاسم على علامات مثل \u2066< > ; = @\u2069.",
  name_shapeless: () => "لا يمكن أن يحتوي الاسم على أحرف ليس لها شكل مرئي.",
  name_without_letter: () => "يجب أن يحتوي الاسم على حرف أبجدي واحد على الأقل.",
  email_missing: () => "يُرجى إدخال عنوان البريد الإلكتروني.",
  email_length: () => "يجب ألا يتجاوز عنوان البريد الإلكتروني 254 حرفًا.",
  email_invalid: () => "لا يبدو هذا عنوان بريد إلكتروني صحيحًا، مثل \u2066ada@example.com\u2069.",
  password_missing: () => "يُرجى اختيار كلمة مرور.",
  password_length: () => "يجب أن يتراوح طول كلمة المرور بين 8 أحرف و256 حرفًا.",
  password_to_enter: () => "يُرجى إدخال كلمة المرور.",
  password_too_long: () => "كلمة المرور طويلة جدًا.",
  field_unasked: () => "هذه المعلومة غير مطلوبة عند التسجيل.",
  terms_missing: () => "يُرجى قبول الشروط للتسجيل.",
  terms_changed: () => "تغيّرت الشروط في هذه الأثناء. يُرجى إعادة تحميل الصفحة.",
  extra_invalid: () => "يُرجى التحقق مما أدخلته هنا.",
  code_missing: () => "يُرجى إدخال أرقام رمز التأكيد الثمانية.",
  code_not_alone: () => "يتكوّن رمز التأكيد من 8 أرقام. يُرجى عدم إدخال أي شيء آخر.",
  /** @param count how many digits there are */
  code_length: (count) =>
    plural(Number(count), {
      zero: "يتكوّن رمز التأكيد من 8 أرقام، ولم يُدخَل أي رقم.",
      one: "يتكوّن رمز التأكيد من 8 أرقام، والمُدخَل رقم واحد.",
      two: "يتكوّن رمز التأكيد من 8 أرقام، والمُدخَل رقمان.",
      few: "يتكوّن رمز التأكيد من 8 أرقام، والمُدخَل # أرقام.",
      many: "يتكوّن رمز التأكيد من 8 أرقام، والمُدخَل # رقمًا.",
      other: "يتكوّن رمز التأكيد من 8 أرقام، والمُدخَل # رقم.",
    }),
  link_incomplete: () => "الرابط غير مكتمل.",
  link_too_long: () => "الرابط طويل جدًا.",
  request_id_invalid: () =>
    "يجب أن تكون قيمة \u2066requestId\u2069 معرّف \u2066UUID\u2069 من إنشائك لطلب التسجيل هذا، وأن تبقى نفسها عند إعادة المحاولة.",
  language_invalid: () =>
    "يجب أن تكون قيمة \u2066language\u2069 وسم \u2066BCP 47\u2069، مثل \u2066en\u2069 أو \u2066pt-BR\u2069.",
  state_invalid: () =>
    "يجب أن تتكوّن قيمة \u2066state\u2069 من 1 إلى 500 حرف من أحرف \u2066ASCII\u2069 المرئية أو المسافات.",
  return_to_invalid: () =>
    "يجب أن تكون قيمة \u2066returnTo\u2069 عنوان \u2066URL\u2069 لا يتجاوز 2000 حرف.",
};
