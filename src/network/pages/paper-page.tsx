import type { Block, Words } from '../../kernel/document.js';
import { may } from '../../kernel/actor.js';
import { blocksOf, type PaperContent } from '../domain/paper.js';
import type { Papers } from '../papers.js';
import { momentText } from '../../ui/dates.js';
import { Dots, Field, FormError } from '../../ui/parts.js';
import type { Viewer } from '../../ui/viewer.js';
import { CockpitTabs } from './cockpit-tabs.js';

const Said = ({ words }: { words: Words }) => (
  <>
    {(typeof words === 'string' ? [words] : words).map((run, i) =>
      typeof run === 'string' ? (
        run
      ) : (
        <a key={i} href={run.href} rel="noopener noreferrer">
          {run.text}
        </a>
      ),
    )}
  </>
);

function BlockOf({ block }: { block: Block }) {
  if (block.kind === 'list')
    return (
      <ul>
        {block.items.map((words, i) => (
          <li key={i}>
            <Said words={words} />
          </li>
        ))}
      </ul>
    );
  if (block.kind === 'table')
    return (
      <table class="stacked">
        <thead>
          <tr>
            {block.head.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {block.rows.map(([first, ...cells], i) => (
            <tr key={i}>
              <th scope="row">
                <Said words={first ?? ''} />
              </th>
              {cells.map((words, n) => (
                <td key={n} data-label={block.head[n + 1]}>
                  <Said words={words} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    );
  return block.kind === 'paragraph' ? (
    <p>
      <Said words={block.words} />
    </p>
  ) : null;
}

const PaperText = ({
  paper: { title, sections, language },
  level,
}: {
  paper: PaperContent & { language: string };
  level: 1 | 2;
}) => {
  const [Title, Heading] = level === 1 ? (['h1', 'h2'] as const) : (['h3', 'h4'] as const);
  return (
    <article class="paper" lang={language}>
      <Title>{title}</Title>
      {sections
        .filter((s) => s.text.trim() !== '')
        .map((section, i) => (
          <section key={i}>
            <Heading>{section.heading}</Heading>
            {blocksOf(section.text).map((block, n) => (
              <BlockOf key={n} block={block} />
            ))}
          </section>
        ))}
    </article>
  );
};

export type Paper = Awaited<ReturnType<Papers['get']>>;

export const paperPath = (id: string): string => `/network/papers/${id}`;

/** Links to the paper in both formats. */
const PaperFiles = ({ v, id }: { v: Viewer; id: string }) => (
  <p class="downloads no-print">
    <a href={`/papers/${id}/document.docx`} download>
      {v.t('papers.docx')}
    </a>
    <a href={`/papers/${id}/document.pdf`} download>
      {v.t('papers.pdf')}
    </a>
  </p>
);

interface Shown {
  v: Viewer;
  paper: Paper;
  /** The values of the fields. */
  typed: PaperContent;
  wrong: string | null;
}

function Sections({ v, typed }: Pick<Shown, 'v' | 'typed'>) {
  return (
    <>
      {[...typed.sections, { heading: '', text: '' }].map(({ heading, text }, i, all) => (
        <fieldset key={i} class="paper-section">
          <legend class="hidden-visually">
            {i === all.length - 1 ? v.t('papers.new-section') : heading}
          </legend>
          <Field id={`heading-${i}`} label={v.t('papers.heading', { n: i + 1 })}>
            <input id={`heading-${i}`} name="heading" maxLength={200} value={heading} />
          </Field>
          <Field id={`text-${i}`} label={v.t('papers.text', { n: i + 1 })}>
            <textarea
              id={`text-${i}`}
              name="text"
              maxLength={20_000}
              rows={Math.min(16, Math.max(3, text.split('\n').length * 2))}
            >
              {text}
            </textarea>
          </Field>
        </fieldset>
      ))}
    </>
  );
}

function Editor({ v, paper, typed, wrong }: Shown) {
  return (
    <form method="post" action={paperPath(paper.id)} class="card">
      <FormError says={wrong} />
      <input type="hidden" name="version" value={paper.version} />
      <Field id="title" label={v.t('papers.title-field')}>
        <input id="title" name="title" required maxLength={300} value={typed.title} />
      </Field>
      <p class="muted small">{v.t('papers.help')}</p>
      <Sections v={v} typed={typed} />
      <button type="submit" class="primary">
        {v.t('form.save')}
      </button>
    </form>
  );
}

function Sending({ v, paper }: Shown) {
  return (
    <div class="row no-print">
      {paper.kind === 'pack' && (
        <form method="post" action={`${paperPath(paper.id)}/send`}>
          <button type="submit">{v.t('papers.send')}</button>
          <p class="muted small">{v.t('papers.send-says')}</p>
        </form>
      )}
      <form method="post" action={`${paperPath(paper.id)}/remove`}>
        <button type="submit" class="danger">
          {v.t('form.delete')}
        </button>
      </form>
    </div>
  );
}

/** The page of a paper: editor, preview and downloads. */
export function PaperPage(shown: Shown) {
  const { v, paper, typed } = shown;
  return (
    <>
      <CockpitTabs v={v} path="/network/papers" />
      <h1>{paper.title}</h1>
      <p class="muted small">
        <Dots
          parts={[
            v.t(`papers.${paper.kind}`),
            v.t('papers.edited', { when: momentText(v, paper.updatedAt) }),
            paper.kind === 'pack' &&
              (paper.sentAt === null
                ? v.t('papers.not-sent')
                : v.t('papers.sent', { when: momentText(v, paper.sentAt) })),
          ]}
        />
      </p>
      <PaperFiles v={v} id={paper.id} />
      <div class="joint-one">
        {may(v.actor, 'paper.write') && (
          <div>
            <Editor {...shown} />
            <Sending {...shown} />
          </div>
        )}
        <section class="card" aria-labelledby="preview">
          <h2 id="preview">{v.t('papers.preview')}</h2>
          <PaperText paper={{ ...typed, language: paper.language }} level={2} />
        </section>
      </div>
    </>
  );
}

/** A paper for readers who may not edit it. */
export const ReadPaper = ({ v, paper }: { v: Viewer; paper: Paper }) => (
  <div class="narrow">
    <PaperFiles v={v} id={paper.id} />
    <PaperText paper={paper} level={1} />
  </div>
);
