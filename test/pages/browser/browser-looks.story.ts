import type { Page } from 'playwright-core';
import { axe, cutOff, describeBrowser, photo, sideways } from '../../support/pages/browser.js';
import { FAMILIES, type Font } from '../../support/pages/fonts.js';
import { startTwoInstitutes, type TwoInstitutes } from '../../support/access/two-institutes.js';

/** Checks the element focused with the Tab key: it must have a visible ring, and nothing may cover it. */
const withoutRing = (page: Page): Promise<string | null> =>
  page.evaluate(() => {
    const e = document.activeElement;
    if (!e || e === document.body) return null;
    const style = getComputedStyle(e);
    const [width, offset] = [parseFloat(style.outlineWidth), parseFloat(style.outlineOffset)];
    const box = e.getBoundingClientRect();
    const wrong: string[] = [];
    if (style.outlineStyle === 'none' || width < 2) wrong.push('has no ring');
    for (let a = e.parentElement; a && a !== document.body; a = a.parentElement) {
      const { overflowY, overflowX } = getComputedStyle(a);
      if (!/hidden|clip/.test(overflowX + overflowY)) continue;
      const around = a.getBoundingClientRect();
      const out = width + offset - 1;
      if (around.top > box.top - out || around.left > box.left - out)
        wrong.push(`has its ring cut off by ${a.tagName}.${a.className}`);
    }
    const middle = document.elementFromPoint(
      Math.min(innerWidth - 1, Math.max(0, (box.left + box.right) / 2)),
      Math.min(innerHeight - 1, Math.max(0, (box.top + box.bottom) / 2)),
    );
    if (middle?.closest('.menu') && !e.closest('.menu')) wrong.push('lies under the menu');
    return wrong.length ? `${e.tagName} "${e.textContent.trim().slice(0, 40)}" ${wrong.join(', ')}` : '';
  });

/** Returns the families in which an element is written. */
async function fontsOf(page: Page, selector: string): Promise<string[]> {
  const debug = await page.context().newCDPSession(page);
  await debug.send('DOM.enable');
  await debug.send('CSS.enable');
  const { root } = await debug.send('DOM.getDocument');
  const { nodeId } = await debug.send('DOM.querySelector', { nodeId: root.nodeId, selector });
  return (await debug.send('CSS.getPlatformFontsForNode', { nodeId })).fonts.map((f) => f.familyName);
}

const MOST_STEPS = 60;
const FONTS = Object.keys(FAMILIES) as Font[];

describeBrowser('pages as they are printed, enlarged, reached by keys and held in a hand', (browser) => {
  let world: TwoInstitutes;
  let paths: Record<string, string>;
  beforeAll(async () => {
    world = await startTwoInstitutes();
    const { call, opportunity, joint } = world.ids;
    const base = '/institutes/leti';
    paths = {
      inbox: `${base}/inbox?state=all&minScore=0`,
      call: `${base}/calls/${call}`,
      calls: '/calls',
      deadlines: '/deadlines',
      pipeline: `${base}/pipeline`,
      opportunity: `${base}/pipeline/${opportunity}`,
      profile: `${base}/profile`,
      people: `${base}/people`,
      joint: `${base}/joint/${joint}`,
      audit: '/audit',
    };
  });
  afterAll(() => world?.stop());

  const open = (look: object): Promise<Page> =>
    browser.open(world.test.url, { cookie: world.leti.officer.cookie, language: 'en', ...look });

  it.each(FONTS)('are written in the %s font, whatever fonts this machine has', async (font) => {
    const page = await browser.open('http://localhost', { font });
    await page.setContent('<p style="font-family: system-ui, Arial">D’ici là, œuvrons : 1 000 €</p>');
    expect(await fontsOf(page, 'p')).toEqual([FAMILIES[font]]);
  });

  it.each(FONTS)(
    'prints on white paper what is to be read, whole, and nothing to be pressed, in a font that is %s',
    async (font) => {
      const page = await open({ width: 800, dark: true, font });
      await page.emulateMedia({ media: 'print' });
      for (const name of ['inbox', 'call', 'pipeline', 'deadlines', 'profile', 'joint']) {
        await page.goto(paths[name]!);
        await photo(page, `print-${name}-${font}`);
        const seen = await page.evaluate(() => ({
          buttons: [...document.querySelectorAll('button')].filter((b) => b.getClientRects().length > 0)
            .length,
          paper: getComputedStyle(document.documentElement).backgroundColor,
          // A card in a dark screen's colours would print as a black page.
          card: getComputedStyle(document.querySelector('.card, main')!).colorScheme,
          text: getComputedStyle(document.querySelector('h1')!).color,
        }));
        expect({ name, ...seen }).toEqual({
          ...{ name, buttons: 0, paper: 'rgb(255, 255, 255)', card: 'light' },
          text: expect.stringMatching(/^rgb\((\d|[1-4]\d), /),
        });
        expect({ name, cut: await cutOff(page), sideways: await sideways(page) }).toEqual({
          name,
          cut: [],
          sideways: 0,
        });
      }
      // The state of a bid is printed in words; its form is only for the screen.
      await page.goto(paths['joint']!);
      expect(await page.locator('select:visible, textarea:visible').count()).toBe(0);
      // What is folded on the screen is printed in full.
      await page.goto(paths['profile']!);
      expect(await page.locator('.competence .folded:visible').count()).toBe(0);
    },
  );

  it.each(FONTS)(
    'is read at twice the size: nothing is cut off, and nothing scrolls sideways, in a font that is %s',
    async (font) => {
      // Half the window width, as at 200 % zoom; then only the text at twice its size.
      const [zoomed, letters] = [await open({ width: 720, font }), await open({ font })];
      const wrong: string[] = [];
      for (const [name, path] of Object.entries(paths)) {
        await zoomed.goto(path);
        wrong.push(...(await cutOff(zoomed)).map((what) => `${name}: ${what}`));
        const over = await sideways(zoomed);
        if (over > 0) wrong.push(`${name} scrolls sideways by ${over}`);
        await letters.goto(path);
        await letters.evaluate(() => (document.documentElement.style.fontSize = '200%'));
        const wide = await sideways(letters);
        if (wide > 0) wrong.push(`${name} with large letters scrolls sideways by ${wide}`);
      }
      expect(wrong).toEqual([]);
    },
  );

  it.each([1440, 390])('shows where the focus is, at %i pixels', async (width) => {
    const page = await open({ width });
    const wrong: string[] = [];
    let steps = 0;
    for (const name of ['inbox', 'deadlines', 'pipeline', 'opportunity', 'calls']) {
      await page.goto(paths[name]!);
      for (let i = 0; i < MOST_STEPS; i += 1) {
        await page.keyboard.press('Tab');
        const found = await withoutRing(page);
        if (found === null) break;
        steps += 1;
        if (found) wrong.push(`${name}: ${found}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(steps).toBeGreaterThan(100);
  });

  it('shows the buttons of a decision under the mouse and with the focus', async () => {
    const page = await open({});
    await page.goto(paths['inbox']!);
    const row = page.locator('.inbox-row').nth(1);
    const shown = () => row.locator('.decide').evaluate((e) => getComputedStyle(e).opacity);
    expect(await shown()).toBe('0');
    await row.hover();
    expect(await shown()).toBe('1');
    await page.mouse.move(0, 0);
    expect(await shown()).toBe('0');
    await row.locator('h3 a').focus();
    expect(await shown()).toBe('1');
  });

  it('shows the first card of the pipeline on a telephone at once, and its filters behind one button', async () => {
    const page = await open({ width: 390 });
    await page.goto(paths['pipeline']!);
    const card = page.locator('.pipeline-card').first();
    expect((await card.boundingBox())!.y).toBeLessThan(200);
    const stage = page.getByRole('combobox', { name: 'Stage' });
    expect(await stage.isVisible()).toBe(false);
    await page.locator('.fold > summary').click();
    expect(await stage.isVisible()).toBe(true);
    expect([await axe(page), await sideways(page)]).toEqual([[], 0]);
    await stage.selectOption('submitted');
    await page.getByRole('button', { name: 'Show' }).click();
    await page.waitForURL(/stage=submitted/);
    expect(await page.locator('.fold > summary').textContent()).toContain('(1)');
    const wide = await open({});
    await wide.goto(paths['pipeline']!);
    expect(await wide.getByRole('combobox', { name: 'Stage' }).isVisible()).toBe(true);
  });

  it('folds the competences and preferences of a profile on a telephone, for those who change them and those who read', async () => {
    for (const cookie of [world.leti.officer.cookie, world.leti.reader.cookie]) {
      const page = await browser.open(world.test.url, { cookie, width: 390, language: 'en' });
      await page.goto(paths['profile']!);
      const parts = page.locator('details[data-fold=narrow]');
      const opened = (): Promise<boolean[]> =>
        parts.evaluateAll((all) => all.map((e) => (e as HTMLDetailsElement).open));
      expect((await opened()).length).toBeGreaterThan(0);
      expect(await opened()).not.toContain(true);
      await parts.first().locator('summary').click();
      expect((await opened())[0]).toBe(true);
      expect([await axe(page), await sideways(page)]).toEqual([[], 0]);
      const wide = await browser.open(world.test.url, { cookie, language: 'en' });
      await wide.goto(paths['profile']!);
      expect(
        await wide
          .locator('details[data-fold=narrow]')
          .evaluateAll((all) => all.map((e) => (e as HTMLDetailsElement).open)),
      ).not.toContain(false);
    }
  });
});
