import type { FieldTexts } from "../en/fields.ts";
import { formatsOf } from "../formats.ts";

const { plural } = formatsOf("ja");

/** Why a field's value is refused. */
export const fields: FieldTexts = {
  broken_character: () => "壊れた文字が含まれています。もう一度入力してください。",
  /** @param name its Unicode name, which is English everywhere */
  invisible_character: (name) => `目に見えない文字（${name}）が含まれています。削除してください。`,
  username_missing: () => "ユーザー名を入力してください。",
  username_length: () => "ユーザー名は 3〜100 文字で入力してください。",
  username_characters: () => "半角の英小文字（a〜z）、数字、_ のみ使用できます。",
  name_missing: () => "名前を入力してください。",
  name_length: () => "名前は 100 文字以内で入力してください。",
  name_characters: () => "名前に < > ; = @ などの文字は使用できません。",
  name_shapeless: () => "名前に、目に見える形のない文字は使用できません。",
  name_without_letter: () => "名前には、数字や記号以外の文字を 1 つ以上含めてください。",
  email_missing: () => "メールアドレスを入力してください。",
  email_length: () => "メールアドレスは 254 文字以内で入力してください。",
  email_invalid: () => "メールアドレスの形式が正しくないようです（例：ada@example.com）。",
  password_missing: () => "パスワードを設定してください。",
  password_length: () => "パスワードは 8〜256 文字で入力してください。",
  password_to_enter: () => "パスワードを入力してください。",
  password_too_long: () => "パスワードが長すぎます。",
  field_unasked: () => "この項目は登録時に必要ありません。",
  terms_missing: () => "登録するには、利用規約に同意してください。",
  terms_changed: () => "利用規約が更新されました。ページを再読み込みしてください。",
  extra_invalid: () => "入力内容を確認してください。",
  code_missing: () => "8 桁の確認コードを入力してください。",
  code_not_alone: () => "確認コードは 8 桁の数字です。それ以外は入力しないでください。",
  /** @param count how many digits there are */
  code_length: (count) =>
    plural(Number(count), {
      other: "確認コードは 8 桁の数字です。入力されたのは # 桁です。",
    }),
  link_incomplete: () => "リンクの一部が欠けています。",
  link_too_long: () => "リンクが長すぎます。",
  request_id_invalid: () =>
    "requestId には、この登録のために独自に生成した UUID を指定し、再試行の間は同じ値を使ってください。",
  language_invalid: () => "language には BCP 47 タグを指定してください（例：en、pt-BR）。",
  state_invalid: () =>
    "state には、目に見える ASCII 文字またはスペースを 1〜500 文字で指定してください。",
  return_to_invalid: () => "returnTo には 2000 文字以内の URL を指定してください。",
};
