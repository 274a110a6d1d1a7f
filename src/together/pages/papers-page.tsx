import { momentText } from '../../ui/dates.js';
import { may } from '../../kernel/actor.js';
import { Dots, Field, LanguageOptions } from '../../ui/parts.js';
import type { Viewer } from '../../ui/viewer.js';
import { CockpitTabs, GroupField } from './cockpit-tabs.js';
import type { PaperSummary } from '../api/paper-views.js';
import { paperPath } from './paper-page.js';

interface Shown {
  v: Viewer;
  papers: PaperSummary[];
  groups: { id: string; name: string }[];
  group: string | undefined;
  month: string;
  wrong: string | null;
}

const LanguageField = ({ v, id }: { v: Viewer; id: string }) => (
  <Field id={id} label={v.t('papers.language')}>
    <select id={id} name="language">
      <LanguageOptions v={v} chosen={v.language} />
    </select>
  </Field>
);

function Forms({ v, groups, group, month, wrong }: Shown) {
  return (
    <div class="joint-one no-print">
      <form method="post" action="/network/papers/pack" class="card">
        <h2>{v.t('papers.new-pack')}</h2>
        <p class="muted small">{v.t('papers.new-pack-says')}</p>
        <div class="fields">
          <Field id="month" label={v.t('papers.month')} error={wrong ?? undefined}>
            <input
              id="month"
              name="month"
              type="month"
              required
              pattern="[0-9]{4}-[0-9]{2}"
              value={month}
              aria-invalid={wrong === null ? undefined : true}
            />
          </Field>
          <GroupField v={v} groups={groups} chosen={group} />
          <LanguageField v={v} id="pack-language" />
        </div>
        <button type="submit" class="primary">
          {v.t('papers.make')}
        </button>
      </form>
      <form method="post" action="/network/papers/offer" class="card">
        <h2>{v.t('papers.new-offer')}</h2>
        <p class="muted small">{v.t('papers.new-offer-says')}</p>
        <div class="fields">
          <Field id="sector" label={v.t('cockpit.group')}>
            <select id="sector" name="group">
              {groups.map((g) => (
                <option key={g.id} value={g.id} selected={group === g.id}>
                  {g.name}
                </option>
              ))}
            </select>
          </Field>
          <LanguageField v={v} id="offer-language" />
        </div>
        <button type="submit" class="primary">
          {v.t('papers.make')}
        </button>
      </form>
    </div>
  );
}

/** All packs and offers, and the forms to draft one. */
export function PapersPage(shown: Shown) {
  const { v, papers } = shown;
  return (
    <>
      <CockpitTabs v={v} path="/network/papers" />
      <h1>{v.t('papers.title')}</h1>
      {may(v.actor, 'paper.write') && <Forms {...shown} />}
      {papers.length === 0 ? (
        <p class="muted">{v.t('papers.none')}</p>
      ) : (
        <ul class="plain-list">
          {papers.map((p) => (
            <li key={p.id}>
              <p>
                <a href={paperPath(p.id)} lang={p.language}>
                  {p.title}
                </a>
                <span class="muted small">
                  <Dots
                    parts={[
                      v.t(`papers.${p.kind}`),
                      v.t('papers.edited', { when: momentText(v, new Date(p.updatedAt)) }),
                      p.sentAt !== null && v.t('papers.sent', { when: momentText(v, new Date(p.sentAt)) }),
                    ]}
                  />
                </span>
              </p>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
