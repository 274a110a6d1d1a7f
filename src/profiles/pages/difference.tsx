import { ACTION_CODES } from '../../calls/domain/action-code.js';
import { ADDRESSEES } from '../../calls/domain/addressee.js';
import { COUNTRIES, countryName } from '../../calls/domain/countries.js';
import { ROLES } from '../../calls/domain/role-rules.js';
import { programmeName } from '../../calls/domain/names-in.js';
import type { Piece } from '../../calls/domain/versions/text-diff.js';
import { labelsIn } from '../domain/names-in.js';
import { profileDiff, type FieldChange } from '../domain/profile-diff.js';
import type { Profile } from '../domain/profile.js';
import type { Viewer } from '../../ui/viewer.js';
import { languageTitleTo } from '../../i18n/message.js';

const LISTS: FieldChange['field'][] = [
  'keywords',
  'exclusions',
  'labels',
  'contacts',
  'preferences',
  'trackRecord',
  'vocabulary',
  'added',
  'removed',
];

const LEAD_DAYS = /^≥ (\d+) d$/;

/** Returns how a preference is called in the form, by its line; anything else unchanged. */
function preferred(v: Viewer, text: string): string {
  const [addressee, role] = [ADDRESSEES.find((a) => a === text), ROLES.find((r) => r === text)];
  if (addressee) return v.t(`profile.addressee.${addressee}`);
  if (role) return v.t(`profile.role.${role}`);
  const action = ACTION_CODES.find((code) => code === text);
  if (action) return v.t(`profile.action.${action}`);
  const days = LEAD_DAYS.exec(text)?.[1];
  if (days) return v.t('text.labelled', { label: v.t('profile.lead-days'), value: days });
  return COUNTRIES.includes(text) ? countryName(text, v.language) : programmeName(text, v.language);
}

/** Returns a value in the reader's words. */
function told(v: Viewer, field: FieldChange['field'], piece: Piece): Piece {
  if (field === 'preferences') return { ...piece, text: preferred(v, piece.text) };
  if (field === 'confirmed') return { ...piece, text: v.t(piece.text === 'true' ? 'text.yes' : 'text.no') };
  return field === 'language' ? { ...piece, text: languageTitleTo(v.language, piece.text) } : piece;
}

function Text({ piece }: { piece: Piece }) {
  if (piece.op === 'same') return <>{piece.text}</>;
  return piece.op === 'added' ? <ins>{piece.text}</ins> : <del>{piece.text}</del>;
}

/** List entries have a sign, so that colour is not the only cue. */
const Members = ({ pieces }: { pieces: Piece[] }) => (
  <ul class="members">
    {pieces.map((p, i) => (
      <li key={i}>
        {p.op === 'added' ? '+ ' : '− '}
        <Text piece={p} />
      </li>
    ))}
  </ul>
);

/** What differs in `to`, field by field, under the competence it belongs to. */
export function Difference({ v, from, to }: { v: Viewer; from: Profile; to: Profile }) {
  const changes = profileDiff(from, to);
  const called = labelsIn([...from.competences, ...to.competences], v.language);
  if (!changes.length) return <p class="muted">{v.t('versions.no-difference')}</p>;
  return (
    <dl class="difference">
      {changes.map((c, i) => (
        <div key={i}>
          <dt>
            {c.competence === null
              ? v.t(`versions.field.${c.field}`)
              : v.t('versions.in-competence', {
                  competence: called(c.competence),
                  field: v.t(`versions.field.${c.field}`),
                })}
          </dt>
          <dd>
            {LISTS.includes(c.field) ? (
              <Members pieces={c.pieces.map((p) => told(v, c.field, p))} />
            ) : (
              c.pieces.map((p, j) => (
                <span key={j}>
                  <Text piece={told(v, c.field, p)} />
                  {c.pieces.length === 2 && j === 0 && p.op === 'removed' ? ' → ' : ''}
                </span>
              ))
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}
