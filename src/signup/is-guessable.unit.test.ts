import { dictionary } from "@zxcvbn-ts/language-common";
import { describe, expect, it } from "vitest";
import { isGuessable } from "./is-guessable.ts";

const WHO = { username: "ada_lovelace", fullName: "Ada Lovelace", email: "ada@example.com" };

/** Slow to rate: overlapping words, look-alikes, dates, keyboard rows, repeats. */
const CRAFTED = [
  "aeiostnaetonisteaiseaonteenasti",
  "a4e3i1o0s5t7e3s5a4t7i1o0",
  "4@310$5!7$0!3@57410!$5",
  "120199031219870110200219",
  "0123012310321032",
  "themanandatoninonetheatsea1isheitas",
  "(/|-_<>{}[]+#@$!1345708",
  "ab1ba1aab1bba1",
  "qweasdzxcqazwsxedc",
  "kqzjxvwbpfymgcul",
];

describe("a guessable password", () => {
  it.each([
    "password",
    "12345678",
    "qwertyuiop",
    "P@ssw0rd1",
    "p4$$w0rd",
    "1l0v3y0u!",
    "m0nk3y123",
    "saturday7",
    "ada_lovelace",
    "lovelace1815",
    "aaaaaaaaaaaaaaaaaaaaaaaa",
    "abcabcabcabcabcabc",
    "a".repeat(256),
    "11112222333344445555",
    "lemon".repeat(20),
    `${"lemon".repeat(50)}lem`,
    // The service's name.
    "enlist2026!",
    "Enlist-enlist",
    "enlist-password",
    "3nl1st2026",
    "tsilne2026",
    // Well-known phrases in any spelling.
    "correct horse battery staple",
    "CorrectHorseBatteryStaple",
    "correct-horse-battery-staple-1",
    "c0rrect_h0rse_b@ttery_stap1e!",
    "staple battery horse correct",
    "correct horse battery",
    "correct horse battery staple".repeat(4),
    "MayTheForceBeWithYou!",
    "tobeornottobe",
    "Tr0ub4dor&3",
    // Words of the pages' languages, which are not common in passwords.
    "schmetterling9",
    "sommerregen",
    "papillonbleu",
    "mariposaazul",
    "borboletazul",
    "kazokuaishiteru",
    "さくらさくら123",
    // Common words of other languages and scripts.
    "пароль12345",
    "добропожаловать1",
    "спасибо12345",
    "tequieromucho1",
    "ПАРОЛЬ-2026!",
    "пароль-пароль",
    "ялюблютебя",
    "йцукенгш",
    "кошка2026",
    "motdepasse1",
    "azertyuiop1",
    "contraseña2026",
    "Contrasena!1",
    "senha12345",
    "Passwort123!",
    "Ich-liebe-dich",
    "hasło1234",
    "şifre12345",
    "ŞİFRE12345",
    "İpassword1",
    "κωδικός123",
    "סיסמה12345",
    "كلمةالسر123",
    "पासवर्ड123",
    "密码12345678",
    "パスワード1234",
    "ﾊﾟｽﾜｰﾄﾞ1234",
    "비밀번호1234",
    "saranghae123",
  ])("is %s", (password) => expect(isGuessable({ password, ...WHO })).toBe(true));

  it("is any of the three thousand most common ones that are long enough", () => {
    const common = dictionary["passwords-common"];
    expect(common.length).toBeGreaterThan(30_000);
    const most = common.filter((password) => password.length >= 8).slice(0, 3000);
    expect(most).toHaveLength(3000);
    expect(most.filter((password) => !isGuessable({ password }))).toEqual([]);
  });

  it.each([
    "certain mule charger nail",
    "vexed-otter-lantern-42",
    "kJ8#mQ2$vL5n",
    "совершенно секретно 17",
    `${"a".repeat(100)} vexed-otter-lantern-42`,
  ])("is not %s", (password) => expect(isGuessable({ password, ...WHO })).toBe(false));

  it("costs at most some times as much to rate as a good one", () => {
    const filled = (text: string) => text.repeat(256).slice(0, 256);
    // If the first part is weak, the last is rated too.
    const crafted = CRAFTED.flatMap((text) => [filled(text), `${"a1".repeat(16)}x${filled(text)}`]);
    /** Microseconds of CPU; the minimum of several runs excludes other load. */
    const costOf = (password: string) => {
      const costs = Array.from({ length: 12 }, () => {
        const before = process.cpuUsage();
        isGuessable({ password, ...WHO });
        const { user, system } = process.cpuUsage(before);
        return user + system;
      });
      return Math.min(...costs);
    };
    const good = costOf("vexed-otter-lantern-42"); // Without zxcvbn's whole search.
    const worst = Math.max(...crafted.map(costOf));
    expect(worst / good).toBeLessThan(20);
  });

  it("depends on the person's other fields", () => {
    expect(isGuessable({ password: "zarquon-2026" })).toBe(false);
    for (const known of [
      { username: "zarquon" },
      { username: "the_zarquon" },
      { fullName: "Hoolovoo Zarquon" },
      { email: "h.zarquon@example.com" },
      { email: "h@zarquon.example" },
    ]) {
      expect(isGuessable({ password: "zarquon-2026", ...known })).toBe(true);
    }
  });
});
