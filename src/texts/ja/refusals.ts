import type { RefusalTexts } from "../en/refusals.ts";
import { formatsOf } from "../formats.ts";

const { plural } = formatsOf("ja");

/** Why a request is refused: what happened, and what to do next. */
export const refusals: RefusalTexts = {
  // Signing up
  username_reserved: "このユーザー名は予約されています。別のユーザー名を選んでください。",
  username_taken: "このユーザー名はすでに使われています。別のユーザー名を選んでください。",
  password_guessable:
    "推測されやすいパスワードです。もっと長くするか、あまり使われないものにしてください。",
  address_unsupported: ({ letter }) =>
    `@ の前に「${letter}」を含むメールアドレスには、メールを送信できません。別のメールアドレスを使用してください。`,
  domain_takes_no_mail: ({ domain }) =>
    `${domain} にはメールを送信できません。@ の後ろの入力内容を確認してください。`,
  return_not_allowed: "戻り先の URL（return_to）は許可されていません。",
  request_id_used:
    "このページからは、別のパスワードまたは別の内容で、すでに登録されています。届いたメールを受信トレイで探してください。新しい内容で改めて登録するには、もう一度送信してください。",
  usernames_off: "ここではユーザー名を使用しません。",
  signups_closed: "現在、新規登録は受け付けていません。",
  invitation_required: "登録するには招待が必要です。",
  invitation_unknown: "この招待は存在しません。最新の招待メールのリンクを開いてください。",
  invitation_used:
    "この招待はすでに使われています。招待から作成したアカウントでログインしてください。",
  invitation_expired: "この招待は有効期限が切れています。新しい招待を依頼してください。",
  invitation_for_another:
    "この招待は別のメールアドレス宛てです。招待が届いたメールアドレスで登録してください。",
  // Confirming
  signup_unknown: "このブラウザーからの登録が見つかりません。",
  signup_of_code_unknown:
    "このブラウザーからの登録が見つかりません。登録に使ったブラウザーで確認コードを入力するか、メールのリンクを開いてください。",
  signup_gone:
    "この登録はもう存在しません。削除されたか、期限内に確認されませんでした。もう一度登録できます。",
  code_wrong: ({ left = 0 }) =>
    plural(left, {
      other: "最新のメールの確認コードではありません。入力できるのはあと # 回です。",
    }),
  code_of_old_address: "最新のメールの確認コードではありません。メールアドレスが変更されています。",
  code_expired: "この確認コードは有効期限が切れています。メールを再送信してください。",
  code_used_up: "間違った確認コードの入力が多すぎます。メールを再送信してください。",
  link_unknown: "当サービスのリンクではありません。メールからもう一度開いてください。",
  link_of_gone_signup:
    "この登録はもう存在しません。削除されたか、期限内に確認されませんでした。もう一度登録できます。",
  link_of_old_address:
    "このメールの送信後にメールアドレスが変更されたため、リンクは無効になりました。新しいメールアドレスに届いたメールを開いてください。",
  link_expired: "このリンクは有効期限が切れています。",
  password_required:
    "このリンクは、登録時とは別のブラウザーで開かれました。登録時に設定したパスワードを入力してください。",
  password_wrong: "登録時に設定したパスワードと一致しません。",
  address_verified_elsewhere:
    "このメールアドレスは、すでに確認済みのアカウントで使われています。そのアカウントでログインしてください。",
  already_verified: "このアカウントはすでに確認済みです。",
  verified_not_deletable: "このアカウントは確認済みのため、ここではもう削除できません。",
  nowhere_to_continue: "進む先がまだありません。",
  // Limits
  mailed_just_now: "前回のメール送信から 1 分たっていません。",
  corrected_just_now: "メールアドレスの変更から 1 分たっていません。",
  many_username_checks: "ユーザー名の確認回数が多すぎます。",
  many_invalid_signups: "ご利用のネットワークからの無効な登録が多すぎます。",
  many_failed_signups: "過去 1 分間に、ご利用のネットワークからの登録の失敗が多すぎます。",
  many_signups: "過去 1 時間に、ご利用のネットワークからの登録が多すぎます。",
  many_repeats: "この登録は受け付け済みですが、その後の重複送信が多すぎます。",
  // Never shown to anyone.
  many_reclaims: "このユーザー名に対するパスワードの試行が多すぎます。",
  many_mails_to_address:
    "過去 1 時間に、このメールアドレスへ複数のメールを送信しました。迷惑メールフォルダーも含めて探してください。",
  many_mails: "過去 1 時間に、ご利用のネットワークからのメールのリクエストが多すぎます。",
  many_mails_in_all: "この 1 時間のメール送信数が上限に達しました。何も保存されていません。",
  many_resends: "過去 1 時間に、メールのリクエストが多すぎます。",
  many_passwords: "過去 1 時間に、パスワードの試行が多すぎます。",
  many_hand_offs: "過去 1 時間に、このページからアプリケーションに戻った回数が多すぎます。",
  many_wrong_secrets:
    "過去 1 分間に、ご利用のネットワークからの間違ったシークレットの送信が多すぎます。",
  // Enlist's own state
  overloaded:
    "現在、大変混み合っています。少し待ってから、もう一度お試しください。2 回送信しても問題ありません。",
  nothing_saved:
    "現在、この操作を実行できません。何も保存されていません。少し待ってから、もう一度お試しください。",
  outcome_unknown:
    "データベースとの接続が切れました。もう一度お試しください。2 回送信しても問題ありません。",
  // Any request
  fields_invalid: "入力内容に正しくない項目があります。",
  internal_server_error: "システム側で問題が発生しました。少し待ってから、もう一度お試しください。",
};
