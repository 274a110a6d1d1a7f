import { NewsRepository } from '../../src/persistence/repositories/news.repository.js';
import { MatchRepository } from '../../src/persistence/repositories/match.repository.js';
import { RecipientRepository } from '../../src/persistence/repositories/recipient.repository.js';
import { ANNE, digestDate, digesting, files, harvested, PROFILE, settled, withContacts } from '../support/contacts.js';
import { Harvesting } from '../support/harvest.js';
import { SecondSource, secondCall } from '../support/second-source.js';

const BEST = '90000024TOPICSen';

let h: Harvesting;
let second: SecondSource;
beforeAll(async () => {
  second = await SecondSource.start();
  const both = digesting({ maxItems: 20 });
  h = await Harvesting.start({ copies: 1, adjust: (w) => { const wired = both(w); return { ...wired, sources: [...wired.sources, { ...second.source, everyHours: 8_760 }] }; } });
  await withContacts(h, PROFILE, [ANNE]);
  await h.ended();
  await harvested(h);
}, 60_000);
afterAll(async () => {
  await h?.stop();
  await second?.stop();
});
afterEach(() => jest.restoreAllMocks());

/** A call of the second source in the words of one that fits the profile. */
async function like(reference: string): Promise<ReturnType<typeof secondCall>> {
  const [{ content }] = await h.query("SELECT content FROM call WHERE content->>'reference' = $1", [BEST]);
  return secondCall(reference, { title: `${content.title}, ${reference}`, sections: content.sections, keywords: content.keywords, deadlines: [{ at: '2026-12-01T16:00:00.000Z', timeTold: true }] });
}
async function harvestSecond(): Promise<void> {
  expect(await h.harvest('second')).toMatchObject({ state: 'believed' });
  await h.matched();
}
const titles = (mail: { calls: { title: string }[] }): string[] => mail.calls.map((c) => c.title.split(', ').at(-1)!);

describe('a source that is read for the first time after the first mail', () => {
  it('has not held that up, as its own first run ended in vain', async () => {
    await h.tick();
    await settled(h, 1);
    expect(await h.source('second')).toMatchObject({ state: 'doubtful', lastGoodRunAt: null });
  });

  it('is told of with what fits, as new to the reader and not as new there', async () => {
    second.put(await like('stood'), await like('changes'));
    await harvestSecond();
    await digestDate(h, '2026-05-11T05:00:00Z');
    const mail = (await settled(h, 2)).at(-1)!;
    expect(titles(mail).sort()).toEqual(['changes', 'stood']);
    const text = (await files(h)).find((m) => m.messageId === `<${mail.messageId}>`)!.text!;
    expect(text.match(/New to you: its source is read since lately/g)).toHaveLength(2);
  });

  it('is told of with what is new or changed in it from then on', async () => {
    second.put(await like('new'));
    second.edit('changes', { deadlines: [{ at: '2026-12-15T16:00:00.000Z', timeTold: true }] });
    await harvestSecond();
    await digestDate(h, '2026-05-18T05:00:00Z');
    const mail = (await settled(h, 3)).at(-1)!;
    expect(mail.subject).toContain('1 new call and 1 changed');
    expect(titles(mail).sort()).toEqual(['changes', 'new']);
  });
});

describe('a change that is stored while a digest is put together', () => {
  it('is not in it, as it is not noted as told either', async () => {
    const edit = async (at: string) => {
      second.edit('stood', { deadlines: [{ at, timeTold: true }] });
      await harvestSecond();
    };
    await edit('2026-12-10T16:00:00.000Z');
    const { telling } = MatchRepository.prototype;
    jest.spyOn(MatchRepository.prototype, 'telling').mockImplementationOnce(async function (this: MatchRepository, ...args) {
      const found = await telling.apply(this, args);
      await edit('2026-12-20T16:00:00.000Z');
      return found;
    });
    const recipient = (await h.test.app.get(RecipientRepository, { strict: false }).find(PROFILE, ANNE.email))!;
    const news = await h.test.app.get(NewsRepository, { strict: false }).since(recipient);
    const [stood] = news.filter((n) => n.call.content.title.endsWith('stood'));
    expect(stood!.changes.map((c) => (c.to as { at: string }[])[0]!.at)).toEqual(['2026-12-10T16:00:00.000Z']);
  });
});
