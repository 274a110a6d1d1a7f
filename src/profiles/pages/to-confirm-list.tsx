import type { ToConfirm } from '../../matching/domain/drafting/to-confirm.js';
import type { LabelsIn } from '../domain/label-in.js';
import type { Viewer } from '../../ui/viewer.js';

function sentence(v: Viewer, point: ToConfirm, called: LabelsIn): string {
  switch (point.point) {
    case 'few-competences':
      return v.t('confirm.few-competences', { n: point.count });
    case 'no-contact':
      return v.t('confirm.no-contact');
    case 'no-people':
      return v.t('confirm.no-people');
    case 'no-description':
      return v.t('confirm.no-description', { competence: called(point.competence) });
    case 'no-keywords':
      return v.t('confirm.no-keywords', { competence: called(point.competence) });
    case 'one-language':
      return v.t(point.missing === 'fr' ? 'confirm.only-english' : 'confirm.only-french', {
        competence: called(point.competence),
      });
    case 'repeated-keyword':
      return v.t('confirm.repeated-keyword', {
        competence: called(point.competence),
        keyword: point.keyword,
        also: called(point.also),
      });
    case 'common-keyword':
      return v.t('confirm.common-keyword', { competence: called(point.competence), keyword: point.keyword });
  }
}

/** Says that the institute has not confirmed its profile and what to check, with a button to confirm it. */
export function ToConfirmList({
  v,
  profileId,
  version,
  points,
  called,
  may,
}: {
  v: Viewer;
  profileId: string;
  version: number;
  points: ToConfirm[];
  /** The competences' names in the reader's language. */
  called: LabelsIn;
  may: boolean;
}) {
  return (
    <section class="notice warn" id="to-confirm" aria-labelledby="to-confirm-title">
      <h2 id="to-confirm-title">{v.t('confirm.title')}</h2>
      <p>{v.t('confirm.intro')}</p>
      {points.length > 0 && <p>{v.t('confirm.points')}</p>}
      {points.length > 0 && (
        <ul>
          {points.map((p, i) => (
            <li key={i}>{sentence(v, p, called)}</li>
          ))}
        </ul>
      )}
      {may && (
        <form method="post" action={`/institutes/${profileId}/profile/confirm`}>
          <input type="hidden" name="version" value={version} />
          <button type="submit">{v.t('confirm.button')}</button>
        </form>
      )}
    </section>
  );
}
