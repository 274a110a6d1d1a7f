import type axeCore from 'axe-core';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { CHROMIUM, NO_CHROMIUM } from './chromium.mjs';
import { fontsFor, type Font } from './fonts.js';
import { RELEASE } from '../release.js';

/** This machine under another name. */
export const PLAIN_HOST = 'plain.test';
const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // A name that is not local: over plain http the browser trusts no other, and sends it no Fetch Metadata.
  `--host-resolver-rules=MAP ${PLAIN_HOST} 127.0.0.1`,
];
/** For real pages on a busy machine. */
const TIMEOUT_MS = 120_000;

/** Options for opening a page. */
export interface Look {
  /** The session as `name=value`: `cookie` of a signed-in client of `somebody`. */
  cookie?: string;
  /** The browser's language; French by default, as for most readers. */
  language?: 'fr' | 'en';
  /** 1440 pixels by default. */
  width?: number;
  dark?: boolean;
  /** As wide as Arial by default. */
  font?: Font;
  /** False for a reader without scripts. */
  javaScript?: boolean;
  /** Browser complaints that this test provokes; all others fail it. */
  pardon?: RegExp;
}

/**
 * Requests still open when a page is left, which the browser aborts: htmx reports them like this, and other
 * failures by a line of their own (`htmx:sendError`, `htmx:timeout`, `htmx:responseError`) besides the
 * second.
 */
const BROKEN_OFF = /^htmx:(sendAbort|afterRequest), /;

const scriptless = new WeakSet<BrowserContext>();

/** Those of a file, one for each font, for all its stories: each takes a second to start. */
const started = new Map<Font, Promise<{ browser: Browser; removeFonts: () => void }>>();

async function start(font: Font): Promise<{ browser: Browser; removeFonts: () => void }> {
  const { env, remove } = fontsFor(font);
  const browser = await chromium.launch({
    executablePath: CHROMIUM!,
    headless: true,
    args: QUIET,
    env: { ...process.env, ...env },
  });
  return { browser, removeFonts: remove };
}

function chromiumWith(font: Font): Promise<{ browser: Browser; removeFonts: () => void }> {
  const there = started.get(font) ?? start(font);
  started.set(font, there);
  return there;
}

/** Closes them, after the last story. */
export async function closeChromium(): Promise<void> {
  for (const { browser, removeFonts } of await Promise.all(started.values())) {
    await browser.close();
    removeFonts();
  }
  started.clear();
}

/**
 * Lets a test hold back the next request to such an address: returns what holds it, which returns what
 * lets it go. To be called before the page is opened: one that is there already may send past it.
 */
export async function holding(page: Page, url: string): Promise<() => () => void> {
  let next: Promise<void> | undefined;
  await page.route(url, async (route) => {
    const held = next;
    next = undefined;
    await held;
    await route.continue();
  });
  return () => {
    let release = (): void => undefined;
    next = new Promise<void>((resolve) => {
      release = resolve;
    });
    return release;
  };
}

/**
 * The pages of a story. Their complaints (errors, blocked content, missing files) fail the test that opened
 * them.
 */
export class TestBrowser {
  private contexts: BrowserContext[] = [];
  private complaints: string[] = [];

  /**
   * Opens a page in a fresh browser profile; `page.goto('/deadlines')` goes to that site. It is closed after
   * the test.
   */
  async open(origin: string, look: Look = {}): Promise<Page> {
    const { cookie, language = 'fr', width = 1440, dark = false, font = 'usual', javaScript = true } = look;
    const { browser } = await chromiumWith(font);
    const context = await browser.newContext({
      baseURL: origin,
      locale: language === 'fr' ? 'fr-FR' : 'en-GB',
      viewport: { width, height: width < 600 ? 844 : 900 },
      colorScheme: dark ? 'dark' : 'light',
      javaScriptEnabled: javaScript,
      acceptDownloads: true,
    });
    this.contexts.push(context);
    if (!javaScript) scriptless.add(context);
    context.setDefaultTimeout(TIMEOUT_MS);
    if (cookie)
      await context.addCookies(
        cookie.split(/; */).map((pair) => ({
          name: pair.slice(0, pair.indexOf('=')),
          value: pair.slice(pair.indexOf('=') + 1),
          url: origin,
        })),
      );
    if (javaScript)
      await context.addInitScript(() =>
        document.addEventListener('securitypolicyviolation', (e) =>
          console.error(
            `refused by the content security policy: ${e.violatedDirective} ${e.blockedURI} ${e.sample}`,
          ),
        ),
      );
    context.on('page', (page) => this.listen(page, look.pardon));
    return context.newPage();
  }

  /** After each test, closes its pages and throws if any of them complained. */
  async settle(): Promise<void> {
    await Promise.all(this.contexts.splice(0).map((c) => c.close()));
    const complaints = this.complaints.splice(0);
    if (complaints.length) throw new Error(`The browser complains:\n${complaints.join('\n')}`);
  }

  private listen(page: Page, pardon: RegExp | undefined): void {
    const complain = (text: string): void => {
      if (!pardon?.test(text) && !BROKEN_OFF.test(text)) this.complaints.push(`${page.url()}: ${text}`);
    };
    // Complaints about error responses are handled below, where the request is known.
    page.on(
      'console',
      (m) =>
        void (m.type() === 'error' && !m.text().startsWith('Failed to load resource') && complain(m.text())),
    );
    page.on('pageerror', (error) => complain(error.stack ?? error.message));
    page.on('response', (response) => {
      const [status, type] = [response.status(), response.request().resourceType()];
      if (status >= 500 || (status >= 400 && ['script', 'stylesheet', 'image', 'font'].includes(type)))
        complain(`${status} for ${response.url()}`);
    });
  }
}

/**
 * Runs tests in a real browser: one per file and font, started by the first page, and closed by the file
 * (`afterAll(closeChromium)`). Without Chromium they are skipped with a notice; in the project's CI they fail
 * instead.
 */
export function describeBrowser(name: string, tests: (browser: TestBrowser) => void): void {
  if (!CHROMIUM) {
    if (process.env['CI'] === 'true')
      return describe(name, () => {
        it('has a browser', () => {
          throw new Error(NO_CHROMIUM);
        });
      });
    process.stderr.write(`\nLEFT OUT, "${name}" is not tested: ${NO_CHROMIUM}\n`);
    return describe.skip(name, () => tests(new TestBrowser()));
  }
  describe(name, () => {
    const browser = new TestBrowser();
    afterEach(() => browser.settle());
    tests(browser);
  });
}

/** The minified one, which loads twice as fast: some three hundred pages get it. */
const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

/**
 * Returns what axe finds on the current page, against WCAG 2.2 AA: one line per place, empty if all is well.
 * Axe is a script, so it cannot run on pages without scripts. Colours take a third of its time: they are
 * looked at on every page and on the page of all components, and elsewhere before a release.
 */
export async function axe(page: Page, { colours = RELEASE } = {}): Promise<string[]> {
  if (scriptless.has(page.context())) throw new Error('axe runs in the page: open it with scripts');
  // Via the debugger, which no content security policy blocks. It ends with the page: detaching a session
  // would remove a test's virtual passkeys.
  const debug = await page.context().newCDPSession(page);
  await debug.send('Runtime.evaluate', { expression: `${AXE};0` });
  const found = await page.evaluate(async (enabled) => {
    const { axe: there } = globalThis as unknown as { axe: typeof axeCore };
    const result = await there.run(document, {
      runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] },
      resultTypes: ['violations'],
      rules: { 'color-contrast': { enabled } },
    });
    return result.violations.flatMap(({ id, nodes }) =>
      nodes.map(
        (n) =>
          `${id}: ${n.target.join(' ')} ${n.html.slice(0, 200)} — ${(n.failureSummary ?? '').split('\n').slice(1).join('; ').trim()}`,
      ),
    );
  }, colours);
  return found.map((line) => line.replace(/\s+/g, ' '));
}

/** Saves a screenshot of the whole page to the folder PHOTOS, if set. */
export async function photo(page: Page, name: string): Promise<void> {
  const folder = process.env['PHOTOS'];
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true, animations: 'disabled' });
}

/**
 * Returns misplaced elements: scores below the names they belong to, a filter as wide as the window, a dot at
 * the end of a line, overlapping bars, buttons that touch the field above them, cut chips, unseen keys,
 * words under buttons.
 */
export const misplaced = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const box = (e: Element): DOMRect => e.getBoundingClientRect();
    const all = (selector: string): Element[] =>
      [...document.querySelectorAll(selector)].filter((e) => box(e).height > 0);
    const said = (what: string, e: Element): string =>
      `${what}: ${(e.textContent ?? '').replace(/\s+/g, ' ').trim().slice(0, 80)}`;
    const below = all('.row.spread:has(.score)').filter(
      (row) => box(row.lastElementChild!).top >= box(row.firstElementChild!).bottom - 1,
    );
    const wide =
      innerWidth < 600 ? [] : all('form:is(.filters, .row) select').filter((field) => box(field).width > 400);
    const dots = all('.about > *:not(:last-child)').filter(
      (e) =>
        getComputedStyle(e, '::after').content === '"·"' && box(e.nextElementSibling!).top >= box(e).bottom,
    );
    // The dots drawn before facts in rows are clipped if a line begins with them.
    const written = all('main :is(p, li, dd, td, span, summary)').flatMap((e) =>
      [...e.childNodes]
        .filter(
          (n) => n.nodeType === Node.TEXT_NODE && (n.textContent ?? '').includes('·') && !e.matches('.dot'),
        )
        .map((n) => [e, n] as const),
    );
    const place = (node: Node, at: number): DOMRect => {
      const range = document.createRange();
      range.setStart(node, at);
      range.setEnd(node, at + 1);
      return range.getBoundingClientRect();
    };
    const torn = written.filter(([e, node]) => {
      const texts: Node[] = [];
      const walker = document.createTreeWalker(e, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) texts.push(walker.currentNode);
      const letters = texts.flatMap((t) =>
        [...(t.textContent ?? '')].flatMap((c, at) => (/\S/.test(c) ? [{ c, node: t, at }] : [])),
      );
      // Only dots and their neighbours are measured: a page has thousands of letters.
      const boxBeside = (i: number, step: 1 | -1): DOMRect | undefined => {
        for (let next = letters[i + step]; next; next = letters[(i += step) + step]) {
          const found = place(next.node, next.at);
          if (found.height > 0) return found;
        }
        return undefined;
      };
      return letters.some((l, i) => {
        if (l.c !== '·' || l.node !== node) return false;
        const dot = place(l.node, l.at);
        return (
          dot.height > 0 &&
          ((boxBeside(i, 1)?.top ?? 0) >= dot.bottom - 1 ||
            (boxBeside(i, -1)?.bottom ?? Infinity) <= dot.top + 1)
        );
      });
    });
    const stuck = all('main *').filter((e) => getComputedStyle(e).position === 'sticky');
    const over = stuck.filter((a, i) =>
      stuck
        .slice(i + 1)
        .some(
          (b) =>
            !a.contains(b) &&
            box(a).bottom > box(b).top &&
            box(b).bottom > box(a).top &&
            box(a).right > box(b).left &&
            box(b).right > box(a).left,
        ),
    );
    // A form's button and the field or words above it are apart, so that neither is hit for the other.
    const touching = all('main form button').filter(
      (button) =>
        button.checkVisibility() &&
        [...button.closest('form')!.querySelectorAll('label, input, select, textarea, p')].some(
          (e) =>
            e.checkVisibility() &&
            box(e).height > 0 &&
            box(button).top - box(e).bottom > -4 &&
            box(button).top - box(e).bottom < 4 &&
            box(e).left < box(button).right &&
            box(button).left < box(e).right,
        ),
    );
    // Words set smaller are apart from those before them, on their own line or by a space.
    const joined = all('main .small').filter((e) => {
      const before = e.previousSibling;
      return (
        before?.nodeType === Node.TEXT_NODE &&
        /[\p{L}\d€]$/u.test(before.textContent ?? '') &&
        /^[\p{L}\d]/u.test(e.textContent ?? '') &&
        getComputedStyle(e).display === 'inline'
      );
    });
    // axe does not look at the colours of what is hidden from screen readers.
    const unseen = all('main kbd').filter((e) => {
      const { color, backgroundColor } = getComputedStyle(e);
      return color === backgroundColor;
    });
    // A chip holds a word, or it says nothing.
    const stubs = all('.chips-line > *').filter(
      (e) =>
        e.scrollWidth > e.clientWidth + 1 && e.clientWidth < 48 && box(e).top < box(e.parentElement!).bottom,
    );
    const cut = all('.chips-line > *').filter((e) => {
      const line = box(e.parentElement!);
      return box(e).top < line.bottom && box(e).left < line.right && box(e).right > line.right + 1;
    });
    const covered = all('.inbox-row .days').filter((e) => {
      const buttons = e.closest('.inbox-row')!.querySelector('.decide');
      if (!buttons || getComputedStyle(buttons).position !== 'static') return false;
      const words = document.createRange();
      words.selectNodeContents(e);
      const [own, other] = [words.getBoundingClientRect(), box(buttons)];
      return own.right > other.left && own.bottom > other.top && own.top < other.bottom;
    });
    return [
      ...covered.map((e) => said('words under a button', e)),
      ...joined.map((e) => said('words that run into one another', e.parentElement!)),
      ...unseen.map((e) => said('a key in the colour of its ground', e)),
      ...[...stubs, ...cut].map((e) => said('a chip that is cut to a stump', e)),
      ...touching.map((e) => said('a button that touches what stands above it', e)),
      ...below.map((e) => said('a score below its name', e)),
      ...wide.map((e) => said('a filter as wide as the window', e)),
      ...dots.map((e) => said('a dot at the end of a line', e)),
      ...torn.map(([e]) => said('a dot at the end or the beginning of a line', e)),
      ...over.map((e) => said('bars over one another', e)),
    ];
  });

/** Returns how far the page scrolls sideways, in pixels; 0 if it fits its window. */
export const sideways = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** Returns the elements whose content is cut off by a container that hides overflow. */
export const cutOff = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll('main *')]
      .filter((e) => {
        const { overflowX, clipPath, display } = getComputedStyle(e);
        const cuts = /hidden|clip/.test(overflowX) && !clipPath.includes('50%') && display !== 'inline';
        const shown = e.getClientRects().length > 0 && e.textContent.trim() !== '';
        // Also what has no room at all.
        return cuts && shown && e.scrollWidth > e.clientWidth + 2;
      })
      .map((e) => `${e.tagName}.${e.className}: ${e.textContent.trim().slice(0, 60)}`),
  );
