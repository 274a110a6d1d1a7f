import { ConfirmFirst } from '../../ui/confirm.js';
import type { Viewer } from '../../ui/viewer.js';
import type { Preview } from '../personal.js';

/** More would hide the button; the answer of the API has all of them. */
const MOST_SHOWN = 200;

interface Shown {
  v: Viewer;
  preview: Preview;
  /** Whose data; null for the reader's own. */
  email: string | null;
}

/** What an erasure changes and what it leaves, with the button that does it. */
export function ErasurePage({ v, preview, email, refused }: Shown & { refused: string | null }) {
  const rows = Object.values(preview.data).reduce((sum, n) => sum + n, 0);
  return (
    <>
      <h1>{email === null ? v.t('personal.erase') : v.t('personal.erase.whose', { email })}</h1>
      {refused && (
        <p class="notice warn" role="alert">
          {refused}
        </p>
      )}
      <p>{v.t(email === null ? 'personal.erase.says' : 'personal.others.says')}</p>
      <p>{v.t('personal.preview.rows', { n: rows })}</p>
      <h2>{v.t('personal.preview.texts')}</h2>
      <Texts v={v} texts={preview.texts} />
      <h2>{v.t('personal.untouched')}</h2>
      <p>{v.t('personal.untouched.says')}</p>
      {preview.untouched.length > 0 && (
        <ul>
          {preview.untouched.map(({ place, institute, texts: n }) => (
            <li key={`${place}/${institute}`}>
              {v.t('personal.untouched.where', {
                n,
                where: v.t(`personal.place.${place}`),
                whose: institute ?? v.t('personal.network'),
              })}
            </li>
          ))}
        </ul>
      )}
      <Confirm v={v} preview={preview} email={email} />
    </>
  );
}

/** The texts that change; those that the reader may not read are counted. */
function Texts({ v, texts }: { v: Viewer; texts: Preview['texts'] }) {
  if (texts.length === 0) return <p>{v.t('personal.preview.none')}</p>;
  const read = texts.filter((text) => text.around !== null);
  const unread = new Map<(typeof texts)[number]['place'], number>();
  for (const { place, around } of texts) if (around === null) unread.set(place, (unread.get(place) ?? 0) + 1);
  return (
    <>
      <p>{v.t('personal.preview.says', { n: texts.length })}</p>
      <ul>
        {read.slice(0, MOST_SHOWN).map((text) => (
          <li key={`${text.place}/${text.row}/${text.field}`}>
            {v.t(`personal.place.${text.place}`)}
            {text.around!.map((words, i) => (
              <blockquote key={i} class="small">
                {words}
              </blockquote>
            ))}
          </li>
        ))}
        {read.length > MOST_SHOWN && <li>{v.t('personal.preview.more', { n: read.length - MOST_SHOWN })}</li>}
        {[...unread].map(([place, n]) => (
          <li key={place}>{v.t('personal.preview.unread', { where: v.t(`personal.place.${place}`), n })}</li>
        ))}
      </ul>
    </>
  );
}

function Confirm({ v, preview, email }: Shown) {
  return (
    <form method="post" action={email === null ? '/personal-data/erase' : '/personal-data/of/erase'}>
      <ConfirmFirst v={v} />
      <input type="hidden" name="confirm" value={preview.confirm} />
      {email !== null && <input type="hidden" name="email" value={email} />}
      <p class="row">
        <button type="submit" class="danger">
          {v.t(email === null ? 'personal.erase.sure' : 'personal.others.erase')}
        </button>
        <a class="button" href="/personal-data">
          {v.t('personal.keep')}
        </a>
      </p>
    </form>
  );
}
