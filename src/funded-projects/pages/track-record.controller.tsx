import { Controller, Get, Param } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { z } from 'zod';
import type { Profile } from '../../profiles/domain/profile.js';
import { knownSum, type KnownSum } from '../domain/contributions.js';
import type { ClaimedView, TrackRecordView } from '../api/track-record-views.js';
import { monthText } from '../../ui/dates.js';
import { Empty, Money, Pager } from '../../ui/parts.js';
import { withQuery } from '../../ui/address.js';
import { numberTo } from '../../i18n/message.js';
import { View, type Viewer } from '../../ui/viewer.js';
import { TrackRecords } from '../track-records.js';
import { Profiles } from '../../profiles/profiles.js';
import { Needs } from '../../platform/access/rule.js';
import { PageQuery } from '../../ui/form.js';
import { page } from '../../ui/page.js';
import { headOf } from '../../profiles/pages/profile-page.js';

/** The roles CORDIS uses and our words for them; unknown roles are shown as written. */
const ROLES = {
  coordinator: 'record.role.coordinator',
  participant: 'record.role.participant',
  thirdParty: 'record.role.thirdParty',
  associatedPartner: 'record.role.associatedPartner',
  partner: 'record.role.partner',
} as const;
const STATES = { SIGNED: 'record.signed', CLOSED: 'record.closed', TERMINATED: 'record.terminated' } as const;

function wordFor<W extends Record<string, Parameters<Viewer['t']>[0]>>(
  v: Viewer,
  words: W,
  written: string,
): string {
  return Object.hasOwn(words, written) ? v.t(words[written]!) : written;
}

/** Rounds to whole euros: cents are for accounts. */
const Euros = ({ v, amount }: { v: Viewer; amount: number | null }) => (
  <Money v={v} amount={amount === null ? null : Math.round(amount)} currency="EUR" />
);

/** A sum, with the number of unknown amounts. */
function Sum({ v, of: { amount, unknown } }: { v: Viewer; of: KnownSum }) {
  if (amount === null) return <>{v.t('not-stated')}</>;
  return (
    <>
      <Euros v={v} amount={amount} />
      {unknown > 0 && <span class="small muted"> ({v.t('record.unknown', { n: unknown })})</span>}
    </>
  );
}

function Row({ v, project }: { v: Viewer; project: ClaimedView }) {
  const { acronym, title, id, start, end, status, left, roles, own } = project;
  return (
    <tr>
      <th scope="row">
        <a href={`https://cordis.europa.eu/project/id/${id}`} rel="noreferrer">
          {acronym || id}
        </a>{' '}
        <span lang="en">{title}</span>
        {left && (
          <>
            {' '}
            <span class="badge changed">{v.t('record.left')}</span>
          </>
        )}
        {status !== null && (
          <>
            {' '}
            <span class={`badge${status === 'TERMINATED' ? ' changed' : ''}`}>
              {wordFor(v, STATES, status)}
            </span>
          </>
        )}
      </th>
      <td>{[start, end].map((day) => (day === null ? v.t('not-stated') : monthText(v, day))).join(' – ')}</td>
      <td>{roles.map((role) => wordFor(v, ROLES, role)).join(', ')}</td>
      <td class="number">
        <Euros v={v} amount={project.ecMaxContribution} />
      </td>
      <td class="number">
        <Sum v={v} of={knownSum(own.map((p) => p.netEcContribution))} />
      </td>
    </tr>
  );
}

function Projects({
  v,
  path,
  record,
  first,
}: {
  v: Viewer;
  path: string;
  record: TrackRecordView;
  first: boolean;
}) {
  const { items, money, next } = record;
  return (
    <>
      <dl class="facts">
        <dt>{v.t('record.projects')}</dt>
        <dd>{numberTo(v.language, money.projects)}</dd>
        <dt>{v.t('record.eu')}</dt>
        <dd>
          <Sum v={v} of={money.ecMaxContribution} />
        </dd>
        <dt>{v.t('record.own')}</dt>
        <dd>
          <Sum v={v} of={money.netEcContribution} />
        </dd>
      </dl>
      {record.total > money.projects && <p class="small muted">{v.t('record.left.help')}</p>}
      <div class="scroll" tabIndex={0} role="region" aria-label={v.t('record.title')}>
        <table>
          <thead>
            <tr>
              <th scope="col">{v.t('record.project')}</th>
              <th scope="col">{v.t('record.period')}</th>
              <th scope="col">{v.t('form.role')}</th>
              <th scope="col" class="number">
                {v.t('record.grant')}
              </th>
              <th scope="col" class="number">
                {v.t('record.net')}
              </th>
            </tr>
          </thead>
          <tbody>
            {items.map((project) => (
              <Row key={project.id} v={v} project={project} />
            ))}
          </tbody>
        </table>
      </div>
      <Pager v={v} next={next} first={first} href={(cursor) => withQuery(path, { cursor })} />
      <p class="small muted">{v.t('record.source')}</p>
    </>
  );
}

/** The funded projects that an institute claims, with their money. */
function TrackRecordPage({
  v,
  profile,
  record,
  first,
}: {
  v: Viewer;
  profile: Profile;
  record: TrackRecordView;
  first: boolean;
}) {
  const path = `/institutes/${profile.id}/profile`;
  return (
    <>
      <p>
        <a href={path}>{v.t('versions.back')}</a>
      </p>
      <h1>{v.t('record.of', { name: profile.name })}</h1>
      {record.unknown.length > 0 && (
        <p class="notice warn">
          {v.t('record.missing', { names: record.unknown.map((u) => u.name).join(', ') })}
        </p>
      )}
      {record.total > 0 ? (
        <Projects v={v} path={`${path}/track-record`} record={record} first={first} />
      ) : (
        <Empty title={v.t('record.none')}>
          <p>{v.t('record.none.help')}</p>
        </Empty>
      )}
      {record.unclaimed > 0 && <p class="small muted">{v.t('record.unclaimed', { n: record.unclaimed })}</p>}
    </>
  );
}

const AT_ONCE = 50;
const Query = { cursor: z.string().max(1_000).optional() };

@ApiExcludeController()
@Controller('institutes/:profile/profile/track-record')
export class TrackRecordPages {
  constructor(
    private readonly records: TrackRecords,
    private readonly profiles: Profiles,
  ) {}

  @Needs('profile.read', 'profile')
  @Get()
  async list(
    @View() v: Viewer,
    @Param('profile') id: string,
    @PageQuery(Query) { cursor }: { cursor?: string },
  ): Promise<string> {
    const { content } = (await this.profiles.get(id)).profile;
    const record = await this.records.forProfile(id, AT_ONCE, cursor);
    const options = {
      title: v.t('record.of', { name: content.name }),
      place: 'profile' as const,
      institute: headOf(content),
      styles: ['profile/profile'],
    };
    return page(v, options, TrackRecordPage({ v, profile: content, record, first: cursor === undefined }));
  }
}
