import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { z } from 'zod';
import type { Profile } from '../domain/profile.js';
import { nameIn } from '../domain/names-in.js';
import { Profiles, type Standing } from '../profiles.js';
import { momentText } from '../../ui/dates.js';
import { Dots, Pager } from '../../ui/parts.js';
import { withQuery } from '../../ui/address.js';
import { View, type Viewer } from '../../ui/viewer.js';
import { Difference } from './difference.js';
import { ProfileToRead } from './reading.js';
import { type Actor, may } from '../../kernel/actor.js';
import { CurrentActor, Needs } from '../../platform/access/rule.js';
import { ahead, InCursor, page as pageOfList, placeOf } from '../../platform/api/paging.js';
import { PageQuery } from '../../ui/form.js';
import { page, type PageOptions } from '../../ui/page.js';
import { bodyOf } from './profile-form.js';
import { headOf } from './profile-page.js';
import { type Answer, pageWith, redirectTo } from '../../ui/answer.js';

type Version = Awaited<ReturnType<Profiles['version']>>;

const pathOf = (id: string): string => `/institutes/${id}/profile`;
const byWhom = (v: Viewer, { origin, by }: Version): string =>
  v.t(`versions.origin.${origin}`, { by: by ?? v.t('versions.nobody') });

interface Shown {
  v: Viewer;
  version: Version;
  current: number;
  /** Whether the viewer may restore another. */
  may: boolean;
}

function Restore({ v, version, current, may }: Shown) {
  if (!may || version.number === current) return null;
  return (
    <form
      method="post"
      class="restore"
      action={`${pathOf(version.profileId)}/versions/${version.number}/restore`}
    >
      <input type="hidden" name="version" value={current} />
      <button type="submit">{v.t('versions.restore', { n: version.number })}</button>
    </form>
  );
}

function VersionRow({ v, version, current, may }: Shown) {
  return (
    <tr>
      <td class="number" data-label={v.t('versions.number')}>
        {version.number}
      </td>
      <td data-label={v.t('versions.when')}>{momentText(v, version.savedAt)}</td>
      <td data-label={v.t('versions.who')}>{byWhom(v, version)}</td>
      <td data-label={v.t('profile.competences')}>{version.content.competences.length}</td>
      <td>
        <span class="row">
          {version.number === current ? (
            <span class="badge">{v.t('versions.current')}</span>
          ) : (
            <a href={`${pathOf(version.profileId)}/versions/${version.number}`}>
              {v.t('versions.compare', { n: version.number })}
            </a>
          )}
          <Restore v={v} version={version} current={current} may={may} />
        </span>
      </td>
    </tr>
  );
}

/** A profile's versions, newest first. */
function VersionList({
  v,
  standing,
  versions,
  may,
  next,
  first,
}: {
  v: Viewer;
  standing: Standing;
  versions: Version[];
  may: boolean;
  next: string | null;
  first: boolean;
}) {
  const { id, content } = standing.profile;
  return (
    <>
      <p>
        <a href={pathOf(id)}>{v.t('versions.back')}</a>
      </p>
      <h1>{v.t('versions.of', { name: nameIn(content.name, 'of', v.language) })}</h1>
      <div class="scroll" tabIndex={0} role="region" aria-label={v.t('versions.title')}>
        <table class="versions stacked">
          <thead>
            <tr>
              <th scope="col" class="number">
                {v.t('versions.number')}
              </th>
              <th scope="col">{v.t('versions.when')}</th>
              <th scope="col">{v.t('versions.who')}</th>
              <th scope="col">{v.t('profile.competences')}</th>
              <th scope="col">
                <span class="hidden-visually">{v.t('versions.actions')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {versions.map((x) => (
              <VersionRow key={x.number} v={v} version={x} current={standing.version} may={may} />
            ))}
          </tbody>
        </table>
      </div>
      <Pager
        v={v}
        next={next}
        first={first}
        href={(cursor) => withQuery(`${pathOf(id)}/versions`, { cursor })}
      />
    </>
  );
}

/** A version, and what has changed in the profile since. */
function OneVersion({
  v,
  standing,
  version,
  may,
  stale,
}: {
  v: Viewer;
  standing: Standing;
  version: Version;
  may: boolean;
  stale: boolean;
}) {
  const now: Profile = standing.profile.content;
  return (
    <>
      <p>
        <a href={`${pathOf(now.id)}/versions`}>{v.t('versions.all')}</a>
      </p>
      <h1>{v.t('versions.one', { n: version.number, name: nameIn(now.name, 'of', v.language) })}</h1>
      {stale && (
        <p class="notice warn" role="alert">
          {v.t('versions.stale')}
        </p>
      )}
      <p class="muted">
        <Dots parts={[momentText(v, version.savedAt), byWhom(v, version)]} />
      </p>
      <Restore v={v} version={version} current={standing.version} may={may} />
      <section class="card" aria-labelledby="difference-title">
        <h2 id="difference-title">{v.t('versions.since')}</h2>
        <Difference v={v} from={version.content} to={now} />
      </section>
      <details>
        <summary>{v.t('versions.whole')}</summary>
        <ProfileToRead v={v} profile={version.content} />
      </details>
    </>
  );
}

const AT_ONCE = 50;
const VersionNumber = z.coerce.number().int().min(1).max(1e9);
const Sent = z.object({ version: z.coerce.number().int().min(1).max(1e9).optional().catch(undefined) });
const Query = { cursor: z.string().max(1_000).optional() };

/** Earlier versions of a profile, and restoring one. */
@ApiExcludeController()
@Controller('institutes/:profile/profile/versions')
export class ProfileVersionPages {
  constructor(private readonly profiles: Profiles) {}

  @Needs('profile.read', 'profile')
  @Get()
  async list(
    @View() v: Viewer,
    @CurrentActor() actor: Actor,
    @Param('profile') id: string,
    @PageQuery(Query) { cursor }: { cursor?: string },
  ): Promise<string> {
    const standing = await this.profiles.get(id);
    const found = await this.profiles.history(id, ahead(AT_ONCE), placeOf(cursor, InCursor.count));
    const { items, next } = pageOfList(
      found.versions,
      AT_ONCE,
      found.total,
      (x) => x,
      (x) => x.number,
    );
    const model = {
      v,
      standing,
      versions: items,
      may: may(actor, 'profile.write', id),
      next,
      first: cursor === undefined,
    };
    return page(v, options(v, standing.profile.content), VersionList(model));
  }

  @Needs('profile.read', 'profile')
  @Get(':number')
  async show(
    @View() v: Viewer,
    @CurrentActor() actor: Actor,
    @Param('profile') id: string,
    @Param('number', { schema: VersionNumber }) number: number,
  ): Promise<string> {
    return this.shown(v, actor, await this.profiles.get(id), number, false);
  }

  @Needs('profile.write', 'profile')
  @Post(':number/restore')
  @HttpCode(200)
  async restore(
    @View() v: Viewer,
    @CurrentActor() actor: Actor,
    @Param('profile') id: string,
    @Param('number', { schema: VersionNumber }) number: number,
    @Body() body: unknown,
  ): Promise<Answer> {
    const edited = await this.profiles.restore(id, number, actor, Sent.parse(bodyOf(body)).version);
    if (edited.outcome !== 'stale')
      return redirectTo(
        `/institutes/${id}/profile`,
        edited.withheld ? 'flash.contacts-wait' : 'flash.restored',
      );
    return pageWith(409, await this.shown(v, actor, edited, number, true));
  }

  private async shown(
    v: Viewer,
    actor: Actor,
    standing: Standing,
    number: number,
    stale: boolean,
  ): Promise<string> {
    const { content } = standing.profile;
    const version = await this.profiles.version(content.id, number);
    return page(
      v,
      options(v, content),
      OneVersion({ v, standing, version, may: may(actor, 'profile.write', content.id), stale }),
    );
  }
}

const options = (v: Viewer, content: Profile): PageOptions => ({
  title: v.t('versions.of', { name: nameIn(content.name, 'of', v.language) }),
  place: 'profile',
  institute: headOf(content),
  styles: ['profile/profile'],
});
