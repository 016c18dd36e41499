// Brings what `npm run dev` and `npm test` need. It runs before the first `npm ci`, so it uses
// nothing but Node. With --browser it also looks for a Chromium, with --browsers for a whole one, a Firefox
// and a WebKit besides, with --pooler for a PgBouncer; with --bench it also installs what the bench
// measures against.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
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

const root = fileURLToPath(new URL("..", import.meta.url));

/** Supported package managers, and their names for each package. */
const MANAGERS = [
  {
    command: "apt-get",
    update: ["apt-get", "update"],
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

checkNode();
installPackages(root);
if (process.argv.includes("--bench")) installPackages(join(root, "test", "bench", "peers"));
if (!process.env.REDIS_URL) bring("Redis", REDIS, "or set REDIS_URL to a server that you have");
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
 * Finds a program, or installs it with the system's package manager. `giveUp` gets the reason if
 * not.
 */
function bring(what, names, otherwise, giveUp = fail) {
  if (findExecutable(names)) return;
  const manager = MANAGERS.find(({ command }) => findExecutable([command]));
  const name = manager?.packages[what];
  if (!name) {
    giveUp(
      `${what} is missing, and no supported package manager was found: install it, ${otherwise}.`,
    );
    return;
  }
  const command = [...manager.install, name];
  const sudo = manager.asUser || process.getuid?.() === 0 ? [] : ["sudo", "-n"];
  say(`${what} is missing: installing it (${[...sudo, ...command].join(" ")}) …`);
  if (manager.update) run([...sudo, ...manager.update]);
  const problem = run([...sudo, ...command]);
  if (problem || !findExecutable(names)) {
    if (problem) process.stderr.write(problem);
    const byHand = [...(sudo.length ? ["sudo"] : []), ...command].join(" ");
    giveUp(`${what} could not be installed: run "${byHand}" yourself, ${otherwise}.`);
  }
}

/** Brings what some tests are skipped without. */
function bringForTests(what, names) {
  bring(what, names, "for the tests that are skipped now", say);
}

/** Playwright's own Chromium if it is there already, or the system's, or the first that can be had. */
function bringBrowser() {
  if (findExecutable(HEADLESS)) return;
  const playwright = join(root, "node_modules", "playwright", "cli.js");
  const own = spawnSync(
    process.execPath,
    ["-e", 'process.stdout.write(require("playwright").chromium.executablePath())'],
    { cwd: root, encoding: "utf8" },
  ).stdout;
  if (own && existsSync(own)) return;
  const manager = MANAGERS.find((m) => m.packages.Chromium && findExecutable([m.command]));
  if (manager && process.getuid?.() === 0) {
    const shell = "Chromium's headless shell";
    if (manager.packages[shell]) bring(shell, HEADLESS, "or a whole Chromium", say);
    if (findExecutable(HEADLESS)) return;
  } else {
    say("Chromium is missing: installing Playwright's (npx playwright install chromium) …");
    const problem = run([process.execPath, playwright, "install", "chromium"]);
    if (!problem) return;
  }
  bring("Chromium", HEADLESS, 'or run "npx playwright install chromium"');
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
