import type { Block, Words } from '../../kernel/document.js';
import { blocksOf, type PaperContent } from '../domain/paper.js';

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
  return block.kind === 'paragraph' ? (
    <p>
      <Said words={block.words} />
    </p>
  ) : null;
}

/** A paper as text. */
export const PaperText = ({
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
