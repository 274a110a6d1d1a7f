import type { KnownQuestion, ParsedQuestion } from '../../src/harvest/domain/questions/question.js';
import type { ParsedPage, ReadDocument, SourceRequest } from '../../src/harvest/domain/source.js';
import { loadSources } from '../../src/harvest/source-registry.js';
import { source } from '../../src/harvest/sources/portal-questions/portal-questions.source.js';

const NOTHING: ParsedPage = { total: null, calls: [], unread: [], links: [] };
const TOPIC = 'HORIZON-CL9-2028-01-AB-01';

const question = (id: string, over: Partial<ParsedQuestion> = {}): ParsedQuestion => ({
  id,
  topics: [TOPIC],
  question: `Question ${id}?`,
  answer: 'Yes.',
  archived: false,
  publishedAt: null,
  url: null,
  listedAs: `row of ${id}`,
  ...over,
});

/** Answers requests until none follow, and returns them. */
function walk(
  answer: (request: SourceRequest) => Partial<ParsedPage>,
  { topics = [TOPIC], known = {} }: { topics?: string[]; known?: Record<string, KnownQuestion> } = {},
): SourceRequest[] {
  const [done, made]: [ReadDocument[], SourceRequest[]] = [[], []];
  for (;;) {
    const questions = new Map(Object.entries(known));
    const next = source.plan(done, { scan: 1, languages: ['en'], topics, questions });
    if (!next.length || done.length > 500) return made;
    for (const request of next) {
      made.push(request);
      done.push({ key: request.key, page: { ...NOTHING, ...answer(request) } });
    }
  }
}
const keys = (requests: SourceRequest[]): string[] => requests.map((r) => r.key);
const listing =
  (...rows: ParsedQuestion[]) =>
  ({ key }: SourceRequest): Partial<ParsedPage> =>
    key.startsWith('topics') ? { total: rows.length, questions: rows } : { total: 0, questions: [] };

describe('the walk over questions', () => {
  it('asks for no topic twice, each as written and in capitals, in batches', () => {
    const topics = Array.from({ length: 25 }, (_, i) => `Topic-${i}`);
    const made = walk(() => ({ total: 0 }), { topics: [...topics, ...topics] });
    expect(keys(made)).toEqual(['topics-1: 1.1', 'topics-2: 1.1', 'topics-3: 1.1']);
    const asked = made.flatMap((r) => JSON.parse(/"keyword":(\[[^\]]*\])/.exec(r.body!)![1]!) as string[]);
    expect(asked).toHaveLength(50);
    expect(asked).toEqual(expect.arrayContaining(['Topic-7', 'TOPIC-7']));
    expect(walk(() => ({}), { topics: [] })).toEqual([]);
  });

  it('reads the own documents of those that are new, changed, cut off or unanswered, and of no other', () => {
    const known = (id: string, cut = false) => ({ listedAs: `row of ${id}`, cut });
    const rows = [
      question('1'),
      question('2'),
      question('3'),
      question('4', { listedAs: 'another row' }),
      question('5', { answer: null }),
      question('6', { archived: true }),
    ];
    const made = walk(listing(...rows), {
      known: { 2: known('2'), 3: known('3', true), 4: known('4'), 5: known('5') },
    });
    expect(keys(made)).toEqual(['topics-1: 1.1', 'question: 1', 'question: 4', 'question: 3', 'question: 5']);
    expect(made[1]).toMatchObject({
      path: '/search-api/prod/rest/document/1?apiKey=SEDIA_FAQ',
      method: 'GET',
    });
  });

  it('looks by number for those known that are not on these topics any more', () => {
    const made = walk(listing(), { known: { 7: { listedAs: 'x', cut: true } } });
    expect(keys(made)).toEqual(['topics-1: 1.1', 'numbers-1: 1.1']);
    expect(made[1]!.body).toContain('{"nid":["7"]}');
  });

  it('goes on until it has seen as many as the list says, and gives up in the end', () => {
    const made = walk(({ key }) =>
      key.endsWith('.2')
        ? listing(question('1'), question('2'))({ key } as SourceRequest)
        : { total: 2, questions: [question('1')] },
    );
    expect(keys(made).slice(0, 2)).toEqual(['topics-1: 1.1', 'topics-1: 1.2']);
    const lost = walk(() => ({ total: 2, questions: [question('1')] }));
    expect(lost.length).toBeLessThan(10);
    expect(keys(lost).some((key) => key.startsWith('question'))).toBe(false);
  });
});

describe('a page of questions', () => {
  const row = (metadata: Record<string, string[]>): object => ({
    reference: 'r',
    language: 'en',
    metadata: { nid: ['1'], question: ['Why?'], answer: ['<p>So.</p>'], keyword: [TOPIC], ...metadata },
  });
  const parsed = (...rows: object[]): ParsedPage =>
    source.parse({
      key: 'topics-1: 1.1',
      mediaType: 'application/json',
      bytes: Buffer.from(JSON.stringify({ totalResults: rows.length, results: rows })),
    });

  it('counts a row that cannot be read under its number', () => {
    expect(parsed(row({}), row({ nid: ['2'], status: ['9'] }))).toMatchObject({
      total: 2,
      questions: [{ id: '1', answer: 'So.' }],
      unread: [{ reference: '2', why: 'its status "9" is neither 0 (active) nor 1 (archived)' }],
    });
    expect(parsed(row({}), row({ nid: ['3'], esOdd: 1 as unknown as string[] })).unread).toMatchObject([
      { reference: '3', why: expect.stringContaining('esOdd') },
    ]);
    expect(() => parsed(row({ nid: [] }), row({ status: ['9'] }))).toThrow(/changed shape/);
  });

  it('is in another form only if none of several can be read: a part of a scan may have a single one', () => {
    expect(parsed(row({ nid: ['2'], status: ['9'] }))).toMatchObject({
      total: 1,
      questions: [],
      unread: [{ reference: '2' }],
    });
  });

  it('marks a row by what an editor may change', () => {
    const [plain, again, dressed, moved] = parsed(
      row({}),
      row({ esOther: ['x'] }),
      row({ answer: ['<p class="a">So.</p>'] }),
      row({ keyword: ['OTHER'] }),
    ).questions!.map((q) => q.listedAs);
    expect(again).toBe(plain);
    expect(dressed).not.toBe(plain);
    expect(moved).not.toBe(plain);
  });

  it('has plain words alone, whatever is sent', () => {
    const [q] = parsed(
      row({
        question: ['<b>Is</b>\n5 &lt; 6?<script>x</script>'],
        answer: ['<p>a</p><ul><li>b</li></ul><style>c</style>'],
      }),
    ).questions!;
    expect([q!.question, q!.answer]).toEqual(['Is 5 < 6?', 'a\nb']);
  });

  it('is not cut in the middle of an emoji, which the database would refuse with all others', () => {
    const [q] = parsed(row({ question: [`${'a'.repeat(3_999)}🚀?`] })).questions!;
    expect(q!.question === 'a'.repeat(3_999)).toBe(true);
  });
});

it('the operator turns it off, or names topics to be asked for besides', async () => {
  const named = async (set: object) =>
    (await loadSources({ 'portal-questions': set })).find((s) => s.id === 'portal-questions');
  expect(await named({ enabled: false })).toBeUndefined();
  expect((await named({ topics: [TOPIC] }))!.topics).toEqual([TOPIC]);
  await expect(loadSources({ anr: { topics: [TOPIC] } })).rejects.toThrow(/anr\.topics/);
});
