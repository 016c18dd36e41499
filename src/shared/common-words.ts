import { SERVICE_WORDS } from "./service-name.ts";

/**
 * Words common in passwords, in many languages: "password", greetings, love, family, animals,
 * seasons, teams, keyboard rows. zxcvbn's dictionaries only know English. In lower case, with and
 * without accents if people omit them.
 */
export const COMMON_WORDS: string[] = [
  ...SERVICE_WORDS,
  "aoeuidhtns aoeuidht pyfgcrl",
  "hakunamatata troubador troubadour tr0ub4dor tr0ub4dour",
  // German
  "passwort kennwort geheim hallo schatz liebe ichliebedich schalke borussia bayern sommer winter",
  "frühling herbst sonne mond stern katze hund pferd mausi maus hase bärchen baerchen engel prinzessin",
  "mutter vater mama papa familie freiheit deutschland berlin hamburg münchen muenchen fussball fußball",
  "schule arbeit urlaub computer willkommen montag dienstag mittwoch donnerstag freitag samstag sonntag",
  "januar februar märz oktober dezember qwertz qwertzu qwertzui qwertzuiop yxcvbnm",
  // French
  "motdepasse mdp bonjour salut amour jetaime jtm soleil chouchou doudou loulou coucou chocolat princesse",
  "maman famille chat chaton chien cheval papillon étoile etoile lune printemps été ete automne hiver",
  "marseille france football liberté liberte azerty azertyui azertyuiop qsdfghjklm wxcvbn lundi mardi",
  "mercredi jeudi vendredi samedi dimanche janvier février fevrier juillet août décembre bienvenue",
  // Spanish
  "contraseña contrasena contrasenia clave hola teamo tequiero amor amorcito corazón corazon mivida",
  "princesa bebé gato gatito perro perrito caballo mariposa estrella luna sol cielo primavera verano",
  "tequieromucho teamomucho mucho quiero gracias buenosdias otoño otono invierno madre padre mamá familia libertad españa espana méxico mexico argentina barcelona",
  "realmadrid fútbol futbol bienvenido lunes martes miércoles miercoles jueves viernes sábado domingo",
  "enero febrero diciembre estrellita jesus dios",
  // Portuguese
  "senha palavrapasse minhasenha olá ola teamo euteamo amor amorzinho coração coracao princesa gata gato",
  "gatinha cachorro cavalo borboleta estrela lua sol verão verao inverno outono mãe mae pai família",
  "liberdade brasil portugal flamengo corinthians palmeiras benfica sporting futebol saudade bemvindo",
  "segunda terça quarta quinta sexta janeiro fevereiro dezembro jesuscristo deus",
  // Italian
  "password parola ciao amore tiamo cuore stellina stella principessa gatto gattino cane cavallo farfalla",
  "sole luna estate inverno primavera autunno mamma famiglia libertà liberta italia roma milano napoli",
  "juventus calcio benvenuto lunedì martedì venerdì gennaio febbraio dicembre",
  // Dutch, Swedish, Norwegian, Danish, Finnish
  "wachtwoord welkom geheim hallo liefde schatje ikhouvanjou zomer zonnetje poes hond paard moeder vader",
  "feyenoord lösenord losenord välkommen hej älskling sommar vinter katt hund häst mamma passord velkommen",
  "kjærlighet sommer adgangskode kodeord skat jegelskerdig salasana tervetuloa rakkaus kissa koira kesä",
  // Polish, Czech, Slovak, Hungarian, Romanian
  "hasło haslo polska kochamcie kocham kochanie misiek myszka kotek piesek słońce slonce lato zima mama",
  "heslo ahoj láska laska miluju sluníčko slunicko kočka kocka pes praha jelszó jelszo szeretlek szerelem",
  "cica kutya nyár budapest parola parolă iubire teiubesc iubita pisica caine soare steaua",
  // Turkish, Indonesian, Vietnamese
  "şifre sifre parola merhaba aşkım askim seniseviyorum sevgi kedi köpek kopek güneş gunes yıldız yildiz",
  "galatasaray fenerbahçe fenerbahce beşiktaş besiktas türkiye turkiye istanbul anne baba katasandi sandi",
  "sayang cinta rahasia indonesia kucing matahari matkhau mậtkhẩu anhyeuem emyeuanh yeuem vietnam",
  // Russian, Ukrainian, Bulgarian, and their transliterations
  "пароль привет любовь люблю ялюблютебя любимый любимая солнце солнышко кошка котик котёнок котенок",
  "собака лошадь зайка зайчик мышка ангел принцесса звезда луна лето зима весна осень мама папа семья",
  "россия москва спартак зенит динамо футбол свобода счастье счастливый администратор админ доступ",
  "секрет тайна понедельник вторник среда четверг пятница суббота воскресенье январь февраль декабрь",
  "александр сергей дмитрий андрей алексей наташа анастасия мария екатерина елена ольга татьяна",
  "йцукен йцукенг йцукенгш йцукенгшщз фывапр фывапрол фывапролджэ ячсмит ячсмить qwe йцу фыва привіт",
  "кохання сонце сонечко кицька україна київ слава парола обичам българия parol privet lubov lyubov",
  "пожалуйста спасибо добропожаловать добро пожаловать здравствуй здравствуйте данные тебя себя меня zdravstvuyte spasibo",
  "pozhaluysta solnce koshka kotik natasha rossiya moskva spartak ukraina",
  // Greek
  "κωδικός κωδικος αγάπη αγαπη σαγαπώ σαγαπω αγάπημου ελλάδα ελλαδα ήλιος ηλιος γάτα γατα θάλασσα",
  "ολυμπιακός παναθηναϊκός kodikos agapi sagapo agapimou ellada olympiakos",
  // Hebrew, Arabic, Persian, Urdu
  "סיסמה סיסמא שלום אהבה אהובה אמא אבא ישראל כלב חתול שמש ירושלים sisma shalom ahava",
  "كلمةالسر كلمة السر كلمةالمرور المرور مرحبا حبيبي حبيبتي حب احبك أحبك قلبي حياتي الله محمد أحمد احمد",
  "فاطمة مصر السعودية قطة كلب شمس قمر الحب سلام habibi habibti bismillah allah mohamed رمز عبور رمزعبور",
  "گذرواژه سلام عشق عشقم ایران دوستت دارم خورشید eshgham asheghetam پاکستان محبت",
  // Hindi, Bengali, Thai
  "मेरा मेरापासवर्ड धन्यवाद पासवर्ड नमस्ते प्यार भारत कृष्णा माँ पापा namaste pyaar bharat krishna jaishriram পাসওয়ার্ড ভালোবাসা",
  "รหัสผ่าน สวัสดี รักเธอ ประเทศไทย",
  // Chinese
  "密码 我的密码 你好 我爱你 爱你 宝贝 中国 北京 上海 太阳 密碼 我愛你 台灣 mima wodemima woaini woaini1314 iloveyou",
  "nihao baobei zhongguo beijing shanghai 1314520 5201314 taiwan",
  // Japanese
  "パスワード ぱすわーど あいうえお こんにちは ありがとう あいしてる 愛してる 大好き だいすき さくら 桜 日本 東京 ねこ ネコ 猫 いぬ",
  "犬 かわいい たいよう 太陽 pasuwado pasuwaado konnichiwa arigatou aishiteru daisuki sakura tokyo nippon neko",
  "doraemon pikachu",
  // Korean, also as typed on a Latin keyboard
  "비밀번호 암호 안녕 안녕하세요 사랑 사랑해 사랑해요 대한민국 한국 고양이 강아지 엄마 아빠 태양 별 qlalfqjsgh sarang",
  "saranghae annyeong tkfkdgo dkssud",
].flatMap((words) => words.normalize("NFKC").split(" "));

/** Well-known phrases: three or more words of one, in any order, add nothing. */
export const FAMOUS_PHRASES: string[] = [
  "correct horse battery staple",
  "may the force be with you",
  "to be or not that is the question",
  "the quick brown fox jumps over lazy dog",
  "twinkle little star how wonder what you are",
  "lorem ipsum dolor sit amet",
  "winter is coming you know nothing jon snow",
  "live long and prosper",
  "hasta la vista baby",
  "houston we have a problem",
];
