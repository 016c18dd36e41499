import type { PageTexts } from "../en/pages.tsx";
import { formatsOf } from "../formats.ts";

const { duration, shortly } = formatsOf("ja");

/** The texts of the pages. Values that are nodes are names, addresses or links. */
export const pages: PageTexts = {
  description: (service) => `${service} のアカウントを作成します。`,
  language: "言語",
  footer: { terms: "利用規約", privacy: "プライバシー", support: "ヘルプ" },

  loadAgain: "ページを再読み込み",
  /** The page could be loaded only in part. */
  incomplete:
    "このページの一部を読み込めませんでした。すでに登録した場合、その登録は有効です。メールも届き、そのリンクはどのブラウザーでも使えます。",
  unreachable:
    "サーバーに接続できないか、応答を受信できませんでした。もう一度お試しください。2 回送信しても問題ありません。",
  outdated:
    "このページはサーバーより古いバージョンです。何も実行されていません。ページを再読み込みしてください。",
  /** A refusal, and when to try again. */
  tryAgainIn: (refusal, seconds) =>
    `${refusal}${duration(seconds)}待ってから、もう一度お試しください。`,

  signUp: {
    tab: "アカウント登録",
    title: "アカウントを作成",
    noScript:
      "このフォームには JavaScript が必要ですが、ブラウザーで無効になっています。登録するには有効にしてください。",
    username: "ユーザー名",
    usernameHint: "3〜100 文字（a〜z、0〜9、_）。全員に公開されます。",
    usernameFree: "このユーザー名は使用できます。",
    usernameTaken: "このユーザー名はすでに使われています。",
    fullName: "名前",
    fullNameOptional: "名前（任意）",
    email: "メールアドレス",
    emailHint: "確認のメールをお送りします。",
    emailInvited: "招待はこのメールアドレスにお送りしたため、確認は不要です。",
    didYouMean: (address) => <>もしかして：{address}</>,
    password: "パスワード",
    passwordHint: "8 文字以上。関連のない単語をいくつか組み合わせるのがおすすめです。",
    show: "表示",
    hide: "非表示",
    showPassword: "パスワードを表示",
    hidePassword: "パスワードを非表示",
    capsLock: "Caps Lock がオンです",
    acceptTerms: (terms) => (
      <>
        {terms("利用規約")}
        {"に同意します。"}
      </>
    ),
    acceptTermsAndPrivacy: (terms, privacy) => (
      <>
        {terms("利用規約")}
        {"に同意し、"}
        {privacy("プライバシーポリシー")}
        {"を確認しました。"}
      </>
    ),
    submit: "登録する",
    submitting: "登録中…",
    nothingSent:
      "サーバーに接続できませんでした。まだ何も送信されていません。もう一度お試しください。",
    outdated:
      "このページはサーバーより古いバージョンです。まだ何も送信されていません。ページを再読み込みしてください。",
    already: "登録がお済みですか？",
    signIn: "ログイン",
    seeMail: "メールの状況を見る",
    /** The sign-up succeeded, but the next page could not be loaded. */
    stranded: "メールの状況を示すページを読み込めませんでした。",
    strandedAgain: "もう一度試す",
    goTo: "登録ページへ",
  },

  closed: {
    title: "新規登録の受付を停止しています",
    text: "現在、新規登録は受け付けていません。すでに登録された方は、メールのリンクをそのままお使いいただけます。",
  },
  invitationOnly: {
    title: "登録には招待が必要です",
    text: "登録するには招待が必要です。招待メールをお持ちの方は、そのリンクを開いてください。",
  },

  checkInbox: {
    title: "受信トレイを確認してください",
    noScript:
      "このページでメールの状況を表示するには JavaScript が必要です。メールのリンクはそのまま使えますが、同じく JavaScript が必要です。",
    offline: "接続が切れました。表示内容が古い可能性があります。サーバーに再接続しています…",
    signedUpAs: (username, email) => (
      <>
        {username}
        {" として登録しました。メールの送信先は "}
        {email}
        {" です。"}
      </>
    ),
    signedUp: (email) => (
      <>
        {"登録しました。メールの送信先は "}
        {email}
        {" です。"}
      </>
    ),
    openLinkOrCode:
      "メールが届いたら、リンクを開いてください。このブラウザーでは 1 回のクリックで完了します。または、メールの確認コードをここに入力してください：",
    openLink: "メールのリンクを開いて、メールアドレスを確認してください。",
    earlier:
      "以前の登録操作が、以下の内容ですでに完了していました。その後に変更した内容は保存されていません。",
    code: "メールの確認コード",
    codeHint: "8 桁の数字。別のデバイスでメールを読むときに便利です。",
    confirm: "確認する",
    confirming: "確認中…",
    noMail: "メールが届きませんか？",
    noMailHint:
      "届くまで 1〜2 分かかることがあります。迷惑メールフォルダーと、上のメールアドレスが正しいかも確認してください。そのメールアドレスにすでにアカウントがある場合は、代わりにその旨をメールでお知らせします。",
    correct: "メールアドレスを修正",
    correctLabel: "正しいメールアドレス",
    correctHint: "修正前のメールアドレスに届いたメールのリンクは無効になります。",
    correctSubmit: "変更してメールを送信",
    correcting: "変更中…",
    keep: "変更しない",
    corrected: (email) => `メールアドレスを変更しました。メールの送信先は ${email} になりました。`,
    sameAddress: "現在のメールアドレスと同じです。",
    sendAgain: "メールを再送信",
    sendAgainIn: (seconds) => `${shortly(seconds)}後に再送信できます`,
    sendingAgain: "再送信をリクエスト中…",
    sentAgain: "新しいメールをお送りしています。",

    refusedTitle: "メールを送信できませんでした",
    refused:
      "メールサーバーがこのメールアドレスへのメールを受け付けないか、1 時間以上受け付けていません。メールアドレスが正しいか確認してください。",
    whatYouCanDo: "対処方法",
    refusedAddressAgain: "メールサーバーは、このメールアドレスへのメールも受け付けません。",
    refusedMailAgain: "メールサーバーは、新しいメールも受け付けませんでした。",

    /** Signed up, but the browser kept no cookie. */
    unknown:
      "登録を受け付け、メールをお送りしています。メールのリンクを開き、登録時に設定したパスワードを入力してください。どのブラウザーでも、それだけで完了します。",
    unknownHint:
      "ブラウザーに Cookie が保存されなかったため、このページではメールの状況の表示も、確認コードの入力もできません。メールが届かない場合は、迷惑メールフォルダーも確認してください。",
    goneTitle: "登録が見つかりません",
    noCookie:
      "このブラウザーからの登録が見つかりません。Cookie が保存されなかった可能性があります。登録した場合、メールは届きます。メールのリンクを開き、パスワードを入力してください。どのブラウザーでもかまいません。",
    gone: "この登録はもう存在しません。削除されたか、期限内に確認されませんでした。",
  },

  /** The steps from the form to the account. */
  steps: {
    signedUp: "登録済み",
    queued: "メールは送信待ち",
    unavailable: "メールサーバーを利用できません。復旧次第、メールをお送りします。",
    sending: "メールを送信中",
    sendingAgain: (attempt, attempts) => `メールを送信中（${attempts} 回中 ${attempt} 回目）`,
    retrying: "メールサーバーがまだメールを受け付けていません。再試行を続けています。",
    retryingAgain: (attempt, attempts) =>
      `メールサーバーがまだメールを受け付けていません。再試行を続けています（${attempts} 回中 ${attempt} 回目）。`,
    nextTryIn: (seconds) => `次の再試行まであと ${shortly(seconds)}です。`,
    tryingNow: "再試行しています。",
    refused: "メールサーバーがメールを拒否しました",
    sent: "メールサーバーへ引き渡し済み",
    unknown: "メールを処理中",
    youConfirm: "メールアドレスの確認",
    confirmed: "メールアドレス確認済み",
  },

  verify: {
    title: "メールアドレスの確認",
    noScript:
      "このページには JavaScript が必要ですが、ブラウザーで無効になっています。メールアドレスを確認するには有効にしてください。",
    addressOfAccount: (email, username) => (
      <>
        {email}
        {"（アカウント："}
        {username}
        {"）"}
      </>
    ),
    oneClick: "1 回クリックするだけで、アカウントを使えるようになります。",
    otherBrowser:
      "登録時とは別のブラウザーを使っているか、このブラウザーに Cookie が保存されていません。登録時に設定したパスワードを入力してください。または、登録したページで確認コードを求められている場合は、そこにメールの確認コードを入力してください。",
    password: "登録時に設定したパスワード",
    passwordMissing: "パスワードを入力してください。",
    submit: "メールアドレスを確認する",
    submitting: "確認中…",
    notMe: "心当たりがありません",
    notMeLabel: "心当たりがない場合",
    deadTitle: "このリンクは使えません",
    incompleteLink: "リンクの一部が欠けています。メールからもう一度開いてください。",
    newLink: "新しいリンクを受け取る",
    newLinkPending: "再送信をリクエスト中…",
    newLinkSent: (email) => (
      <>
        {"新しいメールを "}
        {email}
        {
          " にお送りしています。そのメールのリンクを開いてください。このページは閉じてかまいません。"
        }
      </>
    ),
  },

  verified: {
    title: "確認が完了しました",
    already: "すでに確認済みです",
    ready: "メールアドレスの確認が完了し、アカウントを使えるようになりました。",
    readyFor: (email, username) => (
      <>
        {email}
        {" の確認が完了し、アカウント「"}
        {username}
        {"」を使えるようになりました。"}
      </>
    ),
    readyForAddress: (email) => (
      <>
        {email}
        {" の確認が完了し、アカウントを使えるようになりました。"}
      </>
    ),
    close: "このページは閉じてかまいません。",
    continueTo: (application) => `${application} に進む`,
    continuing: "お待ちください…",
    byItself: "自動的に次へ進みます。",
    byItselfIn: (seconds) => `${shortly(seconds)}後に自動的に次へ進みます。`,
    stay: "このページにとどまる",
  },

  discard: {
    title: "心当たりがありませんか？",
    text: "どなたかがこのメールアドレスを入力しました。入力の間違いかもしれません。確認されない限り、アカウントは作成されません。登録を今すぐ削除することもできます。その場合、登録した方は最初からやり直すことになります。",
    submit: "この登録を削除",
    submitting: "削除中…",
    back: "戻る",
    doneTitle: "登録を削除しました",
    done: "この登録に関する情報はすべて削除され、リンクも無効になりました。このページは閉じてかまいません。",
  },

  /** An application's link to the sign-up page is wrong. */
  refusedLink: {
    title: "このリンクは使えません",
    unknownAddress: (parameter) => (
      <>
        {"このリンクから進む先は、認識できない URL です（"}
        {parameter}
        {"）。何も実行されていません。リンク元のサイトの運営者にお知らせください。"}
      </>
    ),
    damaged: (parameter) => (
      <>
        {"このリンクの一部が壊れています（"}
        {parameter}
        {"）。何も実行されていません。リンク元のサイトの運営者にお知らせください。"}
      </>
    ),
    without: "このリンクを使わずに登録",
  },

  notFound: {
    title: "ページが見つかりません",
    text: (signUp) => (
      <>
        {"URL の一部が欠けている可能性があります。"}
        {signUp("こちらから登録")}
        {"できます。"}
      </>
    ),
  },

  failed: {
    title: "問題が発生しました",
    text: "お客様の操作が原因ではありません。すでに送信した内容は有効です。登録した場合は、メールも届きます。",
  },
};
