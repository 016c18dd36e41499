/** The application's own texts, in the languages of Enlist. */
const en = {
  title: "An example",
  about: "Its accounts come from Enlist, its sign-in from Better Auth.",
  signUp: "Sign up",
  account: "Do you have an account?",
  signIn: "Sign in",
  welcome: (name: string) => `Welcome, ${name}`,
  signedIn: "You are signed in.",
  signOut: "Sign out",
  login: "Username or e-mail address",
  password: "Password",
  isNew: "New here?",
  ready: "Your account is ready. Please sign in with the password that you chose.",
  elsewhere:
    "This sign-up did not begin in this browser. Please sign in with the password that you chose.",
  used: "This did not sign you in: it works once, and for a minute. Please sign in with your password.",
  wrong: "The username or e-mail address, or the password, is wrong.",
  tooOften: "These were too many attempts. Please wait a moment.",
};

export type Texts = typeof en;

const de: Texts = {
  title: "Ein Beispiel",
  about: "Die Konten kommen von Enlist, die Anmeldung von Better Auth.",
  signUp: "Registrieren",
  account: "Haben Sie ein Konto?",
  signIn: "Anmelden",
  welcome: (name) => `Willkommen, ${name}`,
  signedIn: "Sie sind angemeldet.",
  signOut: "Abmelden",
  login: "Benutzername oder E-Mail-Adresse",
  password: "Passwort",
  isNew: "Neu hier?",
  ready: "Ihr Konto ist bereit. Bitte melden Sie sich mit dem Passwort an, das Sie gewählt haben.",
  elsewhere:
    "Diese Registrierung begann in einem anderen Browser. Bitte melden Sie sich mit dem Passwort an, das Sie gewählt haben.",
  used: "Das hat Sie nicht angemeldet: Es geht nur einmal und nur eine Minute lang. Bitte melden Sie sich mit Ihrem Passwort an.",
  wrong: "Benutzername oder E-Mail-Adresse oder das Passwort ist falsch.",
  tooOften: "Das waren zu viele Versuche. Bitte warten Sie einen Moment.",
};

const fr: Texts = {
  title: "Un exemple",
  about: "Ses comptes viennent d’Enlist, sa connexion de Better Auth.",
  signUp: "S’inscrire",
  account: "Vous avez un compte ?",
  signIn: "Se connecter",
  welcome: (name) => `Bienvenue, ${name}`,
  signedIn: "Vous êtes connecté à votre compte.",
  signOut: "Se déconnecter",
  login: "Nom d’utilisateur ou adresse e-mail",
  password: "Mot de passe",
  isNew: "Première visite ?",
  ready: "Votre compte est prêt. Connectez-vous avec le mot de passe que vous avez choisi.",
  elsewhere:
    "Cette inscription n’a pas commencé dans ce navigateur. Connectez-vous avec le mot de passe que vous avez choisi.",
  used: "La connexion n’a pas abouti : le lien ne sert qu’une fois, pendant une minute. Connectez-vous avec votre mot de passe.",
  wrong: "Le nom d’utilisateur, l’adresse e-mail ou le mot de passe est incorrect.",
  tooOften: "Trop de tentatives. Veuillez patienter un instant.",
};

const es: Texts = {
  title: "Un ejemplo",
  about: "Sus cuentas vienen de Enlist; su inicio de sesión, de Better Auth.",
  signUp: "Registrarse",
  account: "¿Ya tienes una cuenta?",
  signIn: "Iniciar sesión",
  welcome: (name) => `Te damos la bienvenida, ${name}`,
  signedIn: "Has iniciado sesión.",
  signOut: "Cerrar sesión",
  login: "Nombre de usuario o correo electrónico",
  password: "Contraseña",
  isNew: "¿Es tu primera vez aquí?",
  ready: "Tu cuenta está lista. Inicia sesión con la contraseña que elegiste.",
  elsewhere:
    "Este registro no empezó en este navegador. Inicia sesión con la contraseña que elegiste.",
  used: "No se inició la sesión: solo funciona una vez y durante un minuto. Inicia sesión con tu contraseña.",
  wrong: "El nombre de usuario, el correo electrónico o la contraseña no es correcto.",
  tooOften: "Demasiados intentos. Espera un momento.",
};

const ptBR: Texts = {
  title: "Um exemplo",
  about: "As contas vêm do Enlist; o login, do Better Auth.",
  signUp: "Cadastrar-se",
  account: "Já tem uma conta?",
  signIn: "Entrar",
  welcome: (name) => `Boas-vindas, ${name}`,
  signedIn: "Você entrou na sua conta.",
  signOut: "Sair",
  login: "Nome de usuário ou e-mail",
  password: "Senha",
  isNew: "É sua primeira vez aqui?",
  ready: "Sua conta está pronta. Entre com a senha que você escolheu.",
  elsewhere: "Este cadastro não começou neste navegador. Entre com a senha que você escolheu.",
  used: "Não foi possível entrar: só funciona uma vez e por um minuto. Entre com sua senha.",
  wrong: "O nome de usuário, o e-mail ou a senha está incorreto.",
  tooOften: "Muitas tentativas. Aguarde um momento.",
};

const ja: Texts = {
  title: "サンプル",
  about: "アカウントは Enlist、ログインは Better Auth によるものです。",
  signUp: "登録する",
  account: "アカウントをお持ちですか？",
  signIn: "ログイン",
  welcome: (name) => `ようこそ、${name} さん`,
  signedIn: "ログインしています。",
  signOut: "ログアウト",
  login: "ユーザー名またはメールアドレス",
  password: "パスワード",
  isNew: "初めてご利用ですか？",
  ready: "アカウントの準備ができました。設定したパスワードでログインしてください。",
  elsewhere:
    "この登録は、別のブラウザーで開始されました。設定したパスワードでログインしてください。",
  used: "ログインできませんでした。このリンクは 1 回、1 分間だけ有効です。パスワードでログインしてください。",
  wrong: "ユーザー名、メールアドレス、またはパスワードが正しくありません。",
  tooOften: "試行回数が多すぎます。しばらくお待ちください。",
};

const ar: Texts = {
  title: "مثال",
  about: "حساباته من ⁦Enlist⁩، وتسجيل الدخول من ⁦Better Auth⁩.",
  signUp: "التسجيل",
  account: "هل لديك حساب؟",
  signIn: "تسجيل الدخول",
  welcome: (name) => `مرحبًا، ⁨${name}⁩`,
  signedIn: "تم تسجيل الدخول.",
  signOut: "تسجيل الخروج",
  login: "اسم المستخدم أو البريد الإلكتروني",
  password: "كلمة المرور",
  isNew: "أول زيارة؟",
  ready: "أصبح حسابك جاهزًا. يُرجى تسجيل الدخول بكلمة المرور التي اخترتها.",
  elsewhere: "لم يبدأ هذا التسجيل في هذا المتصفح. يُرجى تسجيل الدخول بكلمة المرور التي اخترتها.",
  used: "لم يتم تسجيل الدخول: الرابط يعمل مرة واحدة ولمدة دقيقة. يُرجى تسجيل الدخول بكلمة المرور.",
  wrong: "اسم المستخدم أو البريد الإلكتروني أو كلمة المرور غير صحيح.",
  tooOften: "عدد المحاولات كبير جدًا. يُرجى الانتظار قليلًا.",
};

export const TEXTS: Record<string, Texts> = { en, de, fr, es, "pt-BR": ptBR, ja, ar };

export const LANGUAGES = Object.keys(TEXTS);
