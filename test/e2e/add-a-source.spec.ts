import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { beforeRelease } from '../support/release.js';
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
    const source = own(`${ID}.source.ts`);
    workshop.write(source, workshop.read(source).replace('https://calls.example', SITE));

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
        /"anr" is taken\. Fix: Use another id than template, anr, [^"]*eureka, funded-projects, funding-tenders/,
      ],
      ["signal '-a'", /Unknown option '-a'/],
      ['channel template', /"template" is taken/],
      ['signal words', /"words" is taken/],
      ...['Upper', '../x', 'a--b', '1st', 'a_b', 'x'.repeat(41)].map((id): [string, RegExp] => [
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

describe('a source over a list', () => {
  const workshop = new Workshop();
  afterAll(() => workshop.remove());

  it('is not made where the list, a column or a time zone is missing or wrong', async () => {
    const columns = '--id-column a --title-column b --closing-column c';
    const refused: [args: string, says: RegExp][] = [
      [`source l1 ${columns}`, /Either --csv or --json names the list\./],
      [`source l1 --csv file.csv ${columns}`, /The list needs a web address\./],
      [
        'source l1 --csv https://x.example --id-column a',
        /--title-column is missing\.\n--closing-column is missing\./,
      ],
      [`source l1 --csv https://x.example ${columns} --zone Paris`, /--zone "Paris" is no time zone/],
      [`source l1 --csv https://x.example ${columns} --items a`, /are for --json\./],
      [`source l1 --json https://x.example ${columns} --page-size 10`, /A list in pages needs --total/],
      [`source l1 --xml https://x.example ${columns}`, /Unknown option '--xml'/],
      [`channel l1 --csv https://x.example ${columns}`, /Only a source is made over a list/],
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

beforeRelease('a source over a list that is made, asked and replayed')(
  'a source over a list is made of the names of its columns, as the README says',
  () => {
    const LIST = 'invented-list';
    const workshop = new Workshop();
    let day = '2031-06-01';
    let server: Server;
    beforeAll(async () => {
      server = createServer((request, response) => {
        const chunks: Buffer[] = [];
        request
          .on('data', (chunk: Buffer) => chunks.push(chunk))
          .on('end', () => {
            if (request.url === '/_control') {
              if (chunks.length) ({ day } = JSON.parse(Buffer.concat(chunks).toString('utf8')));
              const days = ['2031-06-01', '2031-06-02'];
              return response.end(JSON.stringify({ days, day, faults: {} }));
            }
            return response.writeHead(request.url === '/export/calls.csv' ? 200 : 404).end(list(day));
          });
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    });
    afterAll(() => {
      workshop.remove();
      server.close();
      server.closeAllConnections();
    });

    /** Ten calls; on the second day one more, and one that closes later. */
    function list(on: string): string {
      const later = on > '2031-06-01';
      const row = (i: number) =>
        `C${i};"Four n° ${i}";"À bois;\nà gaz";Tous;"${later && i === 3 ? '20' : '16'}/07/2031 17:00";"Agence inventée"\n`;
      const rows = Array.from({ length: later ? 11 : 10 }, (_, i) => row(i + 1));
      return `\ufeffRéf.;Titre;Objet;Qui;"Date de clôture";Financeur\n${rows.join('')}`;
    }

    it('asks the live service, and its calls are harvested', async () => {
      const [commands] = commandsOf('src/harvest/README.md', 'A list of calls in a minute', LIST);
      const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      // Only an address that the operator has set may be on this machine.
      workshop.write('config/sources.yaml', `${LIST}: { origin: '${origin}' }\n`);
      const ran = await workshop.run(commands!.replace('https://calls.example', origin));
      expect(ran.text).toContain(`${LIST}.source.ts`);
      expect(ran.text).toMatch(/10 calls, 0 not read/);
      expect(ran.text).toMatch(/2 as expected\. 1 requests\./);
      expect(ran.failed).toBe(false);
      expect(await workshop.types(`src/harvest/sources/${LIST}`)).toEqual({ failed: false, text: '' });

      const contract = `npx jest test/sources/contract.spec.ts --selectProjects unit -t "source ${LIST}"`;
      expect((await workshop.run(contract)).text).toMatch(/was missing[^\n]*: read it, then run again/);
      expect((await workshop.run(contract)).text).toMatch(/Tests: +\d+ skipped, \d{2,} passed/);

      const replayed = await workshop.run(
        `npm run -s replay -- --sources ${origin} --only ${LIST} --days 2031-06-01..2031-06-02 --read read.jsonl --events events.jsonl`,
      );
      expect(replayed.failed).toBe(false);
      const told = workshop
        .read('events.jsonl')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line));
      expect(told).toEqual(
        expect.arrayContaining([
          { day: '2031-06-02', source: LIST, key: 'C11', kind: 'new', after: 'Four n° 11' },
          {
            day: '2031-06-02',
            source: LIST,
            key: 'C3',
            kind: 'changed',
            field: 'closing',
            before: '2031-07-16T15:00:00.000Z',
            after: '2031-07-20T15:00:00.000Z',
          },
        ]),
      );
      expect(told).toHaveLength(2);
    });
  },
);
