import { DigestRepository } from '../../../src/notifications/store/digest.repository.js';
import {
  ANNE,
  digestDate,
  digesting,
  files,
  harvested,
  PROFILE,
  settled,
  withContacts,
} from '../../support/institutes/contacts.js';
import { Harvesting } from '../../support/harvest/harvest.js';
import { SecondSource, secondCall } from '../../support/harvest/second-source.js';

const BEST = '90000024TOPICSen';

let h: Harvesting;
let second: SecondSource;
beforeAll(async () => {
  second = await SecondSource.start();
  const both = digesting({ maxItems: 20 });
  h = await Harvesting.start({
    copies: 1,
    adjust: (w) => {
      const wired = both(w);
      return { ...wired, sources: [...wired.sources, { ...second.source, everyHours: 8_760 }] };
    },
  });
  await withContacts(h, PROFILE, [ANNE]);
  await h.ended();
  await harvested(h);
});
afterAll(async () => {
  await h?.stop();
  await second?.stop();
});
afterEach(() => jest.restoreAllMocks());

/** Returns a call of the second source with the text of one that matches the profile. */
async function like(reference: string): Promise<ReturnType<typeof secondCall>> {
  const [{ content }] = await h.query("SELECT content FROM call WHERE content->>'reference' = $1", [BEST]);
  return secondCall(reference, {
    title: `${content.title}, ${reference}`,
    sections: content.sections,
    keywords: content.keywords,
    deadlines: [{ at: '2026-12-01T16:00:00.000Z', timeTold: true }],
  });
}
async function harvestSecond(): Promise<void> {
  expect(await h.harvest('second')).toMatchObject({ state: 'accepted' });
  await h.matched();
}
const titles = (mail: { calls: { title: string }[] }): string[] =>
  mail.calls.map((c) => c.title.split(', ').at(-1)!);

describe('a source that is read for the first time after the first mail', () => {
  it('has not held that up, as its own first run ended in vain', async () => {
    await h.tick();
    await settled(h, 1);
    expect(await h.source('second')).toMatchObject({ state: 'doubtful', lastGoodRunAt: null });
  });

  it('is told of with what fits, as new to the reader and not as new there', async () => {
    second.put(await like('baseline'), await like('changes'));
    await harvestSecond();
    await digestDate(h, '2026-05-11T05:00:00Z');
    const mail = (await settled(h, 2)).at(-1)!;
    expect(titles(mail).sort()).toEqual(['baseline', 'changes']);
    const text = (await files(h)).find((m) => m.messageId === `<${mail.messageId}>`)!.text!;
    expect(text.match(/Not announced before/g)).toHaveLength(2);
  });

  it('is told of with what is new or changed in it from then on', async () => {
    second.put(await like('new'));
    second.edit('changes', { deadlines: [{ at: '2026-12-15T16:00:00.000Z', timeTold: true }] });
    await harvestSecond();
    await digestDate(h, '2026-05-18T05:00:00Z');
    const mail = (await settled(h, 3)).at(-1)!;
    expect(mail.subject).toContain('1 new call, 1 change');
    expect(titles(mail).sort()).toEqual(['changes', 'new']);
  });
});

describe('a change that is stored while a digest is put together', () => {
  it('is not in it, and comes with the next', async () => {
    const edit = async (at: string) => {
      second.edit('baseline', { deadlines: [{ at, timeTold: true }] });
      await harvestSecond();
    };
    await edit('2026-12-10T16:00:00.000Z');
    const { changesSince } = DigestRepository.prototype;
    jest.spyOn(DigestRepository.prototype, 'changesSince').mockImplementationOnce(async function (
      this: DigestRepository,
      ...args
    ) {
      await edit('2026-12-20T16:00:00.000Z');
      return changesSince.apply(this, args);
    });
    const changed = async (slot: string, mails: number) => {
      await digestDate(h, slot);
      const mail = (await settled(h, mails)).at(-1)!;
      return (await files(h)).find((m) => m.messageId === `<${mail.messageId}>`)!.text!.replace(/\s+/g, ' ');
    };
    const first = await changed('2026-05-25T05:00:00Z', 4);
    expect(first).toContain('10 December 2026');
    expect(first).not.toContain('20 December 2026');
    const next = await changed('2026-06-01T05:00:00Z', 5);
    expect(next).toMatch(/20 December 2026, 17:00 \(Brussels\), 10 days later \(before: 10 December 2026/);
  });
});
