// Brings what `npm run dev` and `npm test` need. It runs before the first `npm ci`, so it uses
// nothing but Node. With --dev a Redis that REDIS_URL names will do. With --browser it also looks for a
// Chromium, with --browsers for a whole one, a Firefox and a WebKit besides, with --pooler for a
// PgBouncer; with --bench it also installs what the bench measures against.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import util from "node:util";
import {
  CHROMIUM,
  findExecutable,
  FIREFOX,
  HEADLESS,
  PGBOUNCER,
  REDIS,
  WEBKIT,
  XVFB,
} from "../test/servers/find-executable.mjs";
import { EMBEDDED } from "./embedded.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));

/** Supported package managers, and their names for each package. */
const MANAGERS = [
  {
    command: "apt-get",
    update: ["apt-get", "update"],
    // Otherwise it succeeds although it reached no mirror, or waits for a silent one for minutes.
    updateOptions: [
      ...["-o", "APT::Update::Error-Mode=any"],
      ...["-o", "Acquire::http::Timeout=20", "-o", "Acquire::Retries=1"],
    ],
    install: ["apt-get", "install", "-y", "--no-install-recommends"],
    packages: {
      Redis: "redis-server",
      Chromium: "chromium",
      "Chromium's headless shell": "chromium-headless-shell",
      PgBouncer: "pgbouncer",
      Firefox: "firefox-esr",
      "WebKit's driver": "webkit2gtk-driver",
      Xvfb: "xvfb",
    },
  },
  {
    command: "dnf",
    install: ["dnf", "install", "-y"],
    packages: { Redis: "valkey", Chromium: "chromium", PgBouncer: "pgbouncer", Firefox: "firefox" },
  },
  {
    command: "apk",
    install: ["apk", "add"],
    packages: { Redis: "redis", Chromium: "chromium", PgBouncer: "pgbouncer", Firefox: "firefox" },
  },
  {
    command: "pacman",
    install: ["pacman", "-Sy", "--noconfirm"],
    packages: { Redis: "valkey", Chromium: "chromium", PgBouncer: "pgbouncer", Firefox: "firefox" },
  },
  {
    command: "zypper",
    install: ["zypper", "--non-interactive", "install"],
    packages: {
      Redis: "redis",
      Chromium: "chromium",
      PgBouncer: "pgbouncer",
      Firefox: "MozillaFirefox",
    },
  },
  {
    command: "brew",
    install: ["brew", "install"],
    packages: { Redis: "redis", PgBouncer: "pgbouncer" },
    asUser: true,
  },
];

const manager = MANAGERS.find(({ command }) => findExecutable([command]));
const isRoot = process.getuid?.() === 0;

/** What went wrong as the package manager's lists were brought up to date, which is tried once. */
let updated;

checkNode();
installPackages(root);
if (process.argv.includes("--bench")) installPackages(join(root, "test", "bench", "peers"));
if (!process.argv.includes("--dev")) bring("Redis", REDIS);
else if (!namesRedis()) bring("Redis", REDIS, "or set REDIS_URL to a server that you have");
if (process.argv.some((arg) => /^--browsers?$/.test(arg))) bringBrowser();
if (process.argv.includes("--browsers")) {
  bringForTests("Chromium", CHROMIUM);
  bringForTests("Firefox", FIREFOX);
  bringForTests("WebKit's driver", WEBKIT);
  if (findExecutable(WEBKIT)) bringForTests("Xvfb", XVFB);
}
if (process.argv.includes("--pooler")) bringForTests("PgBouncer", PGBOUNCER);

function say(text) {
  process.stderr.write(`setup: ${text}\n`);
}

function fail(text) {
  say(text);
  process.exit(1);
}

/** Whether the user names a Redis of their own for `npm run dev`, in the environment or in `.env`. */
function namesRedis() {
  const file = join(root, ".env");
  const { REDIS_URL: inFile } = existsSync(file) ? util.parseEnv(readFileSync(file, "utf8")) : {};
  const url = process.env.REDIS_URL ?? inFile;
  return Boolean(url) && url !== EMBEDDED.REDIS_URL;
}

function checkNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    fail(`Node ${process.versions.node} is too old; Enlist needs 20.19 or newer.`);
  }
}

/** Runs `npm ci` if the packages do not match the lock file. */
function installPackages(folder) {
  const stamp = join(folder, "node_modules", ".enlist-lock");
  const lock = createHash("sha256").update(readFileSync(join(folder, "package-lock.json")));
  const wanted = `${lock.digest("hex")} node-${process.versions.modules}`;
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  say("installing the packages (npm ci), about a minute the first time …");
  // The outer npm's settings must not leak into the inner one.
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^npm_(lifecycle|package|command)/.test(name)),
  );
  const npm = process.env.npm_execpath
    ? [process.execPath, process.env.npm_execpath]
    : [process.platform === "win32" ? "npm.cmd" : "npm"];
  const [command, ...args] = [...npm, "ci", "--no-audit", "--no-fund", "--loglevel=error"];
  const { status } = spawnSync(command, args, { cwd: folder, env, stdio: ["ignore", 2, 2] });
  if (status !== 0) fail("npm ci failed; its message is above.");
  writeFileSync(stamp, wanted);
}

/**
 * Finds a program, or installs it with the system's package manager.
 * @param otherwise what else the user can do, if it cannot be installed
 * @param giveUp gets the reason if not
 */
function bring(what, names, otherwise, giveUp = fail) {
  if (findExecutable(names)) return;
  const or = otherwise ? `, ${otherwise}` : "";
  const name = manager?.packages[what];
  if (!name) {
    giveUp(`${what} is missing, and no supported package manager was found: install it${or}.`);
    return;
  }
  const needsRoot = !manager.asUser && !isRoot;
  const hasSudo = Boolean(findExecutable(["sudo"]));
  const sudo = needsRoot ? ["sudo", "-n"] : [];
  const commands = [manager.update, [...manager.install, name]].filter(Boolean);
  const asText = (prefix) => commands.map((one) => [...prefix, ...one].join(" ")).join(" && ");
  const byHand = `"${asText(needsRoot && hasSudo ? ["sudo"] : [])}" yourself`;
  if (needsRoot && !hasSudo) {
    giveUp(
      `${what} is missing, and there is no sudo to install it with: as root, run ${byHand}${or}.`,
    );
    return;
  }
  say(`${what} is missing: installing it (${asText(sudo)}) …`);
  // A package may be known although its list cannot be brought up to date.
  if (manager.update)
    updated ??= { problem: run([...sudo, ...manager.update, ...manager.updateOptions]) };
  const problem = run([...sudo, ...manager.install, name]);
  if (problem || !findExecutable(names)) {
    process.stderr.write((updated?.problem ?? "") + (problem ?? ""));
    giveUp(`${what} could not be installed: run ${byHand}${or}.`);
  }
}

/** Brings what some tests are skipped without. */
function bringForTests(what, names) {
  bring(what, names, "for the tests that are skipped now", say);
}

/**
 * Playwright's own Chromium if it runs already, or the system's, or the first that can be had: root
 * asks the system first, because others may not install its packages.
 */
function bringBrowser() {
  if (hasBrowser()) return;
  const ways = [bringSystemsBrowser, bringPlaywrightsBrowser];
  for (const way of isRoot ? ways : ways.toReversed()) {
    way();
    if (hasBrowser()) return;
  }
  fail("the browser tests need a Chromium: install one that is called chromium or google-chrome.");
}

function hasBrowser() {
  if (findExecutable(HEADLESS)) return true;
  const own = pathOfPlaywrights();
  if (!own || !existsSync(own)) return false;
  const problem = run([own, "--version"]);
  if (problem) say(`Playwright's Chromium does not run: ${problem.trim()}`); // For want of libraries.
  return !problem;
}

function bringSystemsBrowser() {
  const shell = "Chromium's headless shell";
  if (manager?.packages[shell]) bring(shell, HEADLESS, "or install a whole Chromium", say);
  if (!hasBrowser()) bring("Chromium", HEADLESS, 'or run "npx playwright install chromium"', say);
}

function bringPlaywrightsBrowser() {
  const playwright = join(root, "node_modules", "playwright", "cli.js");
  // Its libraries may be there already, even if it cannot install them: it only knows apt.
  for (const libraries of isRoot ? [["--with-deps"], []] : [[]]) {
    const args = ["install", ...libraries, "chromium"];
    say(`Chromium is missing: installing Playwright's (npx playwright ${args.join(" ")}) …`);
    const problem = run([process.execPath, playwright, ...args]);
    if (problem) process.stderr.write(problem);
    if (hasBrowser()) return;
  }
}

/** The path of Playwright's own Chromium, whether it is there or not. */
function pathOfPlaywrights() {
  return spawnSync(
    process.execPath,
    ["-e", 'process.stdout.write(require("playwright").chromium.executablePath())'],
    { cwd: root, encoding: "utf8" },
  ).stdout;
}

/** Runs a command quietly. Returns its output if it failed, and undefined otherwise. */
function run([command, ...args]) {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    encoding: "utf8",
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  if (status === 0) return undefined;
  return error ? `${error.message}\n` : `${stdout}${stderr}` || `exit code ${status}\n`;
}
