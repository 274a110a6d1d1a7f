import { commandsOf, Workshop } from '../support/workshop.js';

const ID = 'invented-agency';
const SITE = 'https://invented-agency.example';

const page = (address: string, body: string): string =>
  `<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>x</title><link rel="canonical" href="${SITE}${address}"></head>\n<body>${body}</body></html>\n`;

const FIXTURES: Record<string, string> = {
  'calls.html': page(
    '/calls/',
    '<ul class="calls"><li><a href="/calls/tides-2031/">Tides</a></li><li><a href="/calls/peat-2031/">Peat</a></li></ul>',
  ),
  'tides-2031.html': page(
    '/calls/tides-2031/',
    '<article><h1>Tides 2031</h1><p>Energy from slow water.</p><p>Deadline: 5 March 2031 at 12:00 (CET)</p></article>',
  ),
  'peat-2031.html': page(
    '/calls/peat-2031/',
    '<article><h1>Peat 2031</h1><p>Bogs that are wet again.</p></article>',
  ),
  'where.md': `# Where the form was seen\n\nNowhere: this site was invented for a test of the way in which the README says that a source is added.\n`,
};

describe('a source is added as the README says', () => {
  const workshop = new Workshop();
  const own = (file: string): string => `src/harvest/sources/${ID}/${file}`;
  afterAll(() => workshop.remove());

  it('in one folder, whose pages fail until they were read, and is then found', async () => {
    const [make, read, build, ...more] = commandsOf(
      'src/harvest/README.md',
      'Add a source in ten minutes',
      ID,
    );
    expect(more).toEqual([]);

    const made = await workshop.run(make!);
    expect(made.text).toContain(`-t "source ${ID}"`);
    expect(made.failed).toBe(false);
    expect(await workshop.types(`src/harvest/sources/${ID}`)).toEqual({ failed: false, text: '' });
    for (const [name, text] of Object.entries(FIXTURES)) workshop.write(own(`fixtures/${name}`), text);
    workshop.write(own('site.ts'), workshop.read(own('site.ts')).replace('https://calls.example', SITE));

    const first = await workshop.run(read!);
    expect(first.text).toMatch(/tides-2031\.expected\.json was missing[^\n]*: read it, then run again/);
    expect(first.failed).toBe(true);
    expect(JSON.parse(workshop.read(own('fixtures/tides-2031.expected.json')))).toMatchObject({
      calls: [
        {
          dataSource: 'INVENTED-AGENCY',
          reference: 'tides-2031',
          url: `${SITE}/calls/tides-2031/`,
          deadlines: [{ at: '2031-03-05T12:00:00+01:00', timeTold: true }],
        },
      ],
    });

    const second = await workshop.run(read!);
    expect(second.text).toMatch(/Tests: +\d+ skipped, \d{2,} passed/);
    expect(second.failed).toBe(false);

    const built = await workshop.run(build!);
    expect(built.text).toMatch(new RegExp(`\\[[^\\]]*'anr'[^\\]]*'${ID}'[^\\]]*\\]`));
    expect(built.failed).toBe(false);

    const { changed, lost } = workshop.touched();
    expect(changed.length).toBeGreaterThan(Object.keys(FIXTURES).length);
    expect(changed.filter((path) => !path.startsWith(`src/harvest/sources/${ID}/`))).toEqual([]);
    expect(lost).toEqual([]);
  });

  it('is not begun where its name says nothing, is taken or is none', async () => {
    const refused: [args: string, says: RegExp][] = [
      ['', /What is to be made\? Fix: npm run generate source\|channel\|signal ID/],
      ['spring x', /What is to be made\?/],
      ['constructor x', /What is to be made\?/],
      ['source', /It needs one id\. Fix: /],
      ['source a b', /It needs one id\. Fix: /],
      [
        'source anr',
        /"anr" is taken\. Fix: Use another id than template, anr, comitology-register, eureka, funded-projects, funding-tenders/,
      ],
      ['channel template', /"template" is taken/],
      ['signal words', /"words" is taken/],
      ...['Upper', '../x', 'a--b', '1st', 'a_b', '-a', 'x'.repeat(41)].map((id): [string, RegExp] => [
        `signal '${id}'`,
        /cannot be an id\. Fix: Use up to 40 small letters/,
      ]),
    ];
    const before = workshop.touched();
    for (const [args, says] of refused) {
      const { failed, text } = await workshop.run(`node src/generate.mjs ${args}`);
      expect([args, failed]).toEqual([args, true]);
      expect(text).toMatch(says);
    }
    expect(workshop.touched()).toEqual(before);
  });
});
