import { mentionMail } from '../../../src/pipeline/domain/pipeline-mails.js';
import { mentionedIn, piecesOf } from '../../../src/pipeline/domain/mentions.js';

const people = [
  { id: 'm', name: 'Marie Curie' },
  { id: 'n', name: 'Marie Noël' },
  { id: 'p', name: 'Paul' },
  { id: 'q', name: 'Paul-Émile Victor' },
];
const named = (text: string): string[] => mentionedIn(text, people);

describe('mentions', () => {
  it('name people by their whole name, or by a first name that nobody else has', () => {
    expect(named('@Marie Curie, can you?')).toEqual(['m']);
    expect(named('@marie curie and @MARIE NOËL.')).toEqual(['m', 'n']);
    expect(named('ask @Marie')).toEqual([]);
    expect(named('@Paul: @Paul')).toEqual(['p']);
    expect(named('@Paul-Émile')).toEqual(['q']);
  });

  it('are no addresses and no longer names', () => {
    expect(named('write to x@Paul.fr')).toEqual([]);
    expect(named('@Pauline')).toEqual([]);
    expect(named('@ Paul, @')).toEqual([]);
  });

  it('are pieces of the text that make all of it again', () => {
    const text = 'Hi @Paul, <b>@Marie Curie</b> & @nobody';
    const pieces = piecesOf(text, people);
    expect(pieces.map((p) => p.text).join('')).toBe(text);
    expect(pieces.filter((p) => p.person !== null)).toEqual([
      { text: '@Paul', person: 'p' },
      { text: '@Marie Curie', person: 'm' },
    ]);
  });
});

describe('the mail about a mention', () => {
  const mail = (language: 'fr' | 'en', text = 'Two lines:\n<script>alert(1)</script> @Paul') =>
    mentionMail({
      to: 'Paul',
      author: 'Ada\r\nBcc: x@y.z',
      title: 'Wind & <sea>',
      text,
      language,
      page: 'https://calls.test/institutes/x/pipeline/1#comment-2',
      settings: 'https://calls.test/settings',
    });

  it('says who wrote what, and leads there, in the language of who reads it', () => {
    const [en, fr] = [mail('en'), mail('fr')];
    expect(en.subject).toBe('Ada Bcc: x@y.z mentions you: Wind & <sea>');
    expect(fr.subject).toBe('Ada Bcc: x@y.z vous mentionne\u00a0: Wind & <sea>');
    expect(en.text).toContain('> Two lines:\n> <script>alert(1)</script> @Paul\n');
    expect(en.text).toContain('https://calls.test/institutes/x/pipeline/1#comment-2');
    expect(en.html).toContain(
      '<span>Two lines:</span><span><br/>&lt;script>alert(1)&lt;/script> @Paul</span>',
    );
    expect(en.html).not.toContain('<script');
    for (const { text, html } of [en, fr])
      for (const body of [text, html]) expect(body).toContain('https://calls.test/settings');
  });

  it('stays short however long the comment is', () => {
    expect(mail('en', 'word '.repeat(800)).text.length).toBeLessThan(1_500);
  });
});
