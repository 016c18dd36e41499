import type { MailTexts } from "../en/mails.tsx";

/** The texts of the mails. Values that are nodes are names, hosts or addresses. */
export const mails: MailTexts = {
  hello: "こんにちは。",
  ifButtonFails: "ボタンが機能しない場合は、次のリンクを開いてください：",
  support: (address) => <>お困りの場合は、{address} までご連絡ください。</>,

  verification: {
    subject: "メールアドレスを確認してください",
    title: "メールアドレスの確認",
    confirm: (username, host) => (
      <>
        {"どなたか（おそらくご本人）が、"}
        {host}
        {" でユーザー名「"}
        {username}
        {
          "」とこのメールアドレスを使って登録しました。ご自身のメールアドレスであることを、以下から確認してください："
        }
      </>
    ),
    confirmAddress: (host) => (
      <>
        {"どなたか（おそらくご本人）が、"}
        {host}
        {
          " にこのメールアドレスで登録しました。ご自身のメールアドレスであることを、以下から確認してください："
        }
      </>
    ),
    button: "メールアドレスを確認する",
    /** @param duration a number of hours, such as "24 時間" */
    lifetime: (duration) =>
      `リンクの有効期間は ${duration}です。登録に使ったブラウザーでは、1 回のクリックで完了します。ほかのブラウザーでは、登録時に設定したパスワードの入力が必要です。`,
    code: "登録時とは別のデバイスでこのメールを読んでいる場合は、登録に使ったデバイスで、登録したページに次の確認コードを入力してください：",
    codeWarning:
      "この確認コードは、決してほかの人に教えないでください。メールが複数届いた場合は、最新のメールの確認コードだけが有効です。",
    notYou:
      "心当たりがない場合は、何もする必要はありません。確認されない限り、アカウントは作成されません。登録をすぐに削除するには、リンクを開いて「心当たりがありません」を押してください。",
  },

  invitation: {
    subject: (service) => `${service} へのご招待`,
    title: "ご招待",
    text: (host) => (
      <>
        {host}
        {" への登録にご招待します。このメールアドレスで登録してください。"}
      </>
    ),
    button: "登録する",
    /** @param duration a number of days or hours, such as "14 days" */
    lifetime: (duration) =>
      `招待の有効期間は ${duration}で、このメールアドレスでのみ使えます。メールアドレスを改めて確認する必要はありません。`,
    notYou:
      "このメールに心当たりがない場合は、何もする必要はありません。登録しない限り、アカウントは作成されません。",
  },

  existingAccount: {
    subject: "すでにアカウントをお持ちです",
    text: (host) => (
      <>
        {"どなたか（おそらくご本人）が、"}
        {host}
        {
          " でこのメールアドレスを使って登録しました。このメールアドレスのアカウントはすでに存在するため、確認の必要はありません。お持ちのアカウントでログインしてください。"
        }
      </>
    ),
    signIn: "ログイン",
    notYou:
      "心当たりがない場合は、何もする必要はありません。アカウントに不正アクセスがあったわけではなく、新しい登録は自動的に削除されます。",
  },
};
