/**
 * What everyday work costs: tasks done in a real browser, measured in clicks, keys, pages opened, pixels
 * scrolled and seconds. The seconds are the machine's, since this user neither reads nor thinks.
 *
 *   npm run bench -- tasks
 *
 * The demonstration runs on its own port and folder. Each task begins where an officer begins, at the calls
 * to decide on or in an e-mail, and fails if it cannot be completed: figures for an unfinished task would mean
 * nothing. The first decision is measured by the link in the e-mail and, beside it, without: by a sign-in.
 */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { simpleParser } from 'mailparser';
import { chromium } from 'playwright-core';
import { CHROMIUM, NO_CHROMIUM } from '../support/pages/chromium.mjs';
import { freePort } from '../torture/servers.mjs';

if (!CHROMIUM) throw new Error(NO_CHROMIUM);

/** The users and their institutes: one has enough calls to triage, another has a researcher. */
const CLAIRE = { name: 'Claire Exemple', base: '/institutes/3bcar' };
const SAM = { name: 'Sam Sample', base: '/institutes/leti' };
const LINA = { name: 'Lina Exemple', base: '/institutes/list' };
const READY = 'The portal was read again';
const TO_TRIAGE = 10;
const ON_TELEPHONE = 5;

const began = performance.now();
const seconds = (since) => ((performance.now() - since) / 1000).toFixed(1);
/** Says on standard error what happens, as the table is printed on standard output. */
const progress = (text) => process.stderr.write(`${seconds(began).padStart(6)} s  ${text}\n`);

/**
 * Starts the demonstration after its first week and one more harvest; returns its sign-in links and a
 * function to stop it.
 */
async function startDemo() {
  const folder = mkdtempSync(join(tmpdir(), 'carnot-europe-tasks-'));
  const port = await freePort();
  const child = spawn(process.execPath, [join(import.meta.dirname, '../../dist/demo.js')], {
    env: {
      ...process.env,
      ...{ PORT: String(port), PUBLIC_URL: `http://127.0.0.1:${port}`, DATA_DIR: folder, LOG_LEVEL: 'error' },
      ADMIN_TOKEN: randomBytes(24).toString('base64url'),
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  // Whatever ends this run ends the demonstration with it.
  const kill = () => child.kill('SIGTERM');
  process.once('exit', kill);
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));
  let said = '';
  await new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the demonstration ended with ${code}:\n${said}`)));
    child.stdout.on('data', (text) => {
      said += text;
      for (const line of String(text).split('\n')) if (/^\S/.test(line)) progress(`demonstration: ${line}`);
      if (said.includes(READY)) resolve();
    });
  });
  const stop = async () => {
    child.removeAllListeners('exit');
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await ended;
    process.removeListener('exit', kill);
    rmSync(folder, { recursive: true, force: true });
  };
  const linkOf = (name) => new RegExp(`${name},[^\\n]*\\n\\s+(http://\\S+)`).exec(said)[1];
  const outbox = join(folder, '.data-demo', 'outbox');
  /** Returns the latest message to somebody that has such links, as its page. */
  const mailOf = async (name, links) => {
    const mails = await Promise.all(
      readdirSync(outbox).map((file) => simpleParser(readFileSync(join(outbox, file)))),
    );
    const [latest] = mails
      .filter(({ to, html }) => to.text.includes(name) && html && html.includes(links))
      .sort((a, b) => b.date - a.date);
    return latest?.html;
  };
  /** Waits for the next message that `does` brings. */
  const mailAfter = async (does) => {
    const before = new Set(readdirSync(outbox));
    await does();
    for (;;) {
      const file = readdirSync(outbox).find((one) => one.endsWith('.eml') && !before.has(one));
      if (file) return (await simpleParser(readFileSync(join(outbox, file)))).html;
      await setTimeout(50);
    }
  };
  return { url: `http://127.0.0.1:${port}`, linkOf, mailOf, mailAfter, stop };
}

/** Adds up the pixels scrolled on all pages of a tab. */
const COUNT_PIXELS = () => {
  let last = 0;
  addEventListener('scroll', () => {
    const was = Number(sessionStorage.getItem('pixels') ?? 0);
    sessionStorage.setItem('pixels', String(was + Math.abs(scrollY - last)));
    last = scrollY;
  });
};

/** A user that counts its own actions. */
class Hand {
  clicks = 0;
  keys = 0;
  pages = 0;

  constructor(page) {
    this.page = page;
    page.on('request', (r) => {
      if (r.isNavigationRequest() && r.frame() === page.mainFrame() && !r.redirectedFrom()) this.pages += 1;
    });
  }

  async click(place) {
    await place.click();
    this.clicks += 1;
  }

  async choose(place, value) {
    await place.selectOption(value);
    // One click opens it, one selects an option.
    this.clicks += 2;
  }

  async press(...keys) {
    for (const key of keys) await this.page.keyboard.press(key);
    this.keys += keys.length;
  }

  async type(text) {
    await this.page.keyboard.type(text);
    this.keys += text.length;
  }

  /** Performs an action and waits until the server has accepted the request. */
  async sent(does) {
    const answered = this.page.waitForResponse((r) => r.request().method() === 'POST');
    await does();
    const status = (await answered).status();
    if (status >= 400) throw new Error(`it was refused (${status})`);
  }

  async pixels() {
    return Math.round(await this.page.evaluate(() => Number(sessionStorage.getItem('pixels') ?? 0)));
  }
}

const present = async (place, what) => {
  await place.first().waitFor();
  return what;
};

const TASKS = [
  {
    name: 'first decision from a digest',
    // In a mail program, and in a browser that nobody has signed in to.
    inMail: true,
    async does(hand, page) {
      // The last call: the demonstration has decided on the best ones. Each has two links.
      await hand.click(page.locator('a[href*="/decide/"]').nth(-2));
      await page.waitForURL(/\/decide\//);
      await hand.sent(() => hand.click(page.locator('.decide-page button.primary')));
      return present(page.locator('form[action$="/undo"]'), 'recorded');
    },
  },
  {
    name: 'the same without the e-mail’s links, by a second e-mail',
    inMail: true,
    async does(hand, page) {
      // The last call but one, by its title.
      await hand.click(page.locator('a[href*="/sign-in/from-mail/"][href*="/calls/"]').nth(-2));
      await page.waitForURL(/\/sign-in\/from-mail\//);
      const second = await demo.mailAfter(() => hand.click(page.locator('main form button').first()));
      await page.setContent(second);
      await hand.click(page.locator('a[href*="/sign-in/"]').first());
      await page.waitForURL(/\/sign-in\//);
      await hand.click(page.locator('main form button').first());
      await page.waitForURL(/\/calls\//);
      await hand.sent(() => hand.click(page.locator('button[value=relevant]').first()));
      return present(page.locator('form[action$="/undo"]'), 'recorded');
    },
  },
  {
    name: `triage ${TO_TRIAGE} calls`,
    async does(hand, page) {
      const left = page.locator('.inbox-row:not([data-decided])');
      if ((await left.count()) < TO_TRIAGE) throw new Error('there are too few calls to decide on');
      await hand.press('j');
      for (let i = 0; i < TO_TRIAGE; i += 1)
        await hand.sent(() => (i % 2 ? hand.press('n', '1') : hand.press(i % 4 ? 't' : 's')));
      // The last answer is shown shortly after it has come.
      await page.waitForFunction(
        (n) => document.querySelectorAll('.inbox-row[data-decided]').length === n,
        TO_TRIAGE,
      );
      return `${TO_TRIAGE} decided on the page`;
    },
    who: LINA,
    query: '?minScore=0',
  },
  {
    name: 'find a call by a French word',
    async does(hand, page) {
      await hand.press('Control+k');
      await page.locator('dialog[open] input').waitFor();
      await hand.type('hydrogène');
      // A call, whose address holds a UUID; pages are found too.
      const found = page.locator('dialog[open] .found-group a[href*="/calls/"][href*="-"]').first();
      await found.waitFor();
      await hand.click(found);
      await page.waitForURL(/\/calls\/[0-9a-f-]{36}/);
      return page.locator('h1').first().textContent();
    },
  },
  {
    name: 'move the digest to Thursday',
    async does(hand, page) {
      await hand.click(page.locator('.settings > summary'));
      await hand.click(page.locator('.settings-list a[href$="/notification-preferences"]'));
      const day = page.locator('select[name=weekday]');
      await hand.choose(day, 'thursday');
      await hand.sent(() =>
        hand.click(page.locator('form:has(select[name=weekday]) button.primary').first()),
      );
      await page.waitForLoadState();
      if ((await day.inputValue()) !== 'thursday') throw new Error('it was not moved');
      return 'saved';
    },
  },
  {
    name: 'propose a call to two researchers',
    async before(page) {
      for (const name of ['Aline', 'Bruno']) {
        await page.goto(`${CLAIRE.base}/people/new`);
        await page.locator('input[name=name]').fill(`${name} Exemple`);
        await page.locator('input[name=email]').fill(`${name.toLowerCase()}@example.org`);
        await page.locator('input[name=competences]').first().check();
        await page.locator('form:has(input[name=email]) button.primary').first().click();
        await page.waitForURL(/\/people(\?|$)/);
      }
    },
    async does(hand, page) {
      await hand.click(page.locator('.inbox-row h3 a').first());
      await hand.click(page.locator('a[href$="/propose"]').first());
      await hand.click(page.locator('.several > summary'));
      for (const one of (await page.locator('.several input[type=checkbox]').all()).slice(0, 2))
        await hand.click(one);
      await hand.sent(() => hand.click(page.locator('.several button.primary')));
      return present(page.locator('.flash'), 'sent');
    },
  },
  {
    name: 'see what moved this week',
    async does(hand, page) {
      await hand.click(page.locator('.menu a[href="/calls"]'));
      await hand.click(page.locator('.tabs a[href^="/changes"], .tabs a[href*="changes"]'));
      await page.waitForURL(/changes/);
      await page.locator('h1').waitFor();
      // Scrolls to the end of the list, so all of it is seen.
      await page.evaluate(() => document.querySelector('main').scrollIntoView({ block: 'end' }));
      await page.evaluate(
        () => new Promise((seen) => requestAnimationFrame(() => requestAnimationFrame(seen))),
      );
      return `${await page.locator('.happened').count()} changes`;
    },
  },
  {
    name: `on a telephone, decide ${ON_TELEPHONE} calls`,
    telephone: true,
    who: SAM,
    query: '?minScore=0',
    async does(hand, page) {
      for (let i = 0; i < ON_TELEPHONE; i += 1)
        await hand.sent(() =>
          hand.click(page.locator('.inbox-row:not([data-decided]) .decide [value=relevant]').first()),
        );
      return 'decided';
    },
  },
];

/** The session of each user, with which their own browser continues. */
const sessions = new Map();
async function signedIn(browser, linkOf, name) {
  const context = await browser.newContext({ locale: 'fr-FR' });
  const door = await context.newPage();
  await door.goto(linkOf(name));
  await door.locator('form button').first().click();
  await door.waitForURL(/\/institutes\//);
  sessions.set(name, await context.storageState());
  await context.close();
}

progress('the demonstration starts, harvests and lives its first week');
const demo = await startDemo();
const browser = await chromium.launch({
  executablePath: CHROMIUM,
  args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
});
const done = [];
try {
  for (const { name: person } of [CLAIRE, SAM, LINA]) await signedIn(browser, demo.linkOf, person);
  for (const { name, who = CLAIRE, query = '', telephone = false, inMail = false, before, does } of TASKS) {
    progress(name);
    const storageState = inMail ? undefined : sessions.get(who.name);
    const context = await browser.newContext({
      ...{ baseURL: demo.url, locale: 'fr-FR', storageState, hasTouch: telephone, isMobile: telephone },
      viewport: telephone ? { width: 390, height: 844 } : { width: 1440, height: 900 },
    });
    context.setDefaultTimeout(30_000);
    if (before) await before(await context.newPage());
    const page = await context.newPage();
    await page.addInitScript(COUNT_PIXELS);
    if (inMail) await page.setContent(await demo.mailOf(who.name, '/decide/'));
    else await page.goto(`${who.base}/inbox${query}`);
    const hand = new Hand(page);
    const from = performance.now();
    const end = await does(hand, page).catch((error) => {
      throw new Error(`"${name}" was not done, at ${page.url()}: ${error.message}`, { cause: error });
    });
    const took = seconds(from);
    done.push([name, hand.clicks, hand.keys, hand.pages, await hand.pixels(), took, String(end).trim()]);
    await context.close();
  }
} finally {
  await browser.close();
  await demo.stop();
}
const HEAD = ['task', 'clicks', 'keys', 'pages opened', 'pixels scrolled', 'seconds', ''];
for (const row of [HEAD, HEAD.map(() => '---'), ...done]) process.stdout.write(`| ${row.join(' | ')} |\n`);
