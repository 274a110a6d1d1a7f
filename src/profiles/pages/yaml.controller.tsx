import {
  Body,
  Controller,
  Get,
  Header,
  Param,
  Post,
  Res,
  UploadedFile,
  UseInterceptors,
} from '@nestjs/common';
import { FileInterceptor } from '@nestjs/platform-express';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { z } from 'zod';
import type { Profile } from '../domain/profile.js';
import { nameIn } from '../domain/names-in.js';
import { pathInWords } from '../../kernel/issues.js';
import { sayInFile } from '../../i18n/sentences.js';
import type { YamlProblem } from '../../platform/config/yaml.js';
import { Field } from '../../ui/parts.js';
import { View, type Viewer } from '../../ui/viewer.js';
import { Exported } from '../../audit/audit.js';
import { SaveWarnings } from '../../explain/save-warnings.js';
import type { Actor } from '../../kernel/actor.js';
import { MOST_YAML_BYTES, ProfileYaml } from '../profile-yaml.js';
import { Profiles } from '../profiles.js';
import { CurrentActor, Needs } from '../../platform/access/rule.js';
import { page } from '../../ui/page.js';
import { ContactsRefused } from './contact-fields.js';
import { bodyOf } from './profile-form.js';
import { headOf } from './profile-page.js';
import { flashOf, orWhyNot } from './saved.js';
import { type Answer, pageWith, redirectTo } from '../../ui/answer.js';

interface YamlState {
  text: string;
  version: number;
  problems: YamlProblem[];
  stale: boolean;
  /** Why its contacts are not saved, though all of it is right. */
  refused?: string | undefined;
}

/** The same words as at start with a wrong file, in the reader's language; keys and values are the file's. */
const Problem = ({ v, p }: { v: Viewer; p: YamlProblem }) => {
  const { problem, fix } = sayInFile(v.language, p);
  return (
    <li>
      {p.line !== null && <strong>{v.t('yaml.line', { n: p.line })} </strong>}
      {p.path.length > 0 && <code>{pathInWords(p.path)}</code>} {problem}. {fix}
    </li>
  );
};

const Problems = ({ v, problems }: { v: Viewer; problems: YamlProblem[] }) =>
  problems.length > 0 ? (
    <div class="notice bad" role="alert">
      <p>{v.t('form.problems', { n: problems.length })}</p>
      <ul>
        {problems.map((p, i) => (
          <Problem key={i} v={v} p={p} />
        ))}
      </ul>
    </div>
  ) : null;

/** A profile as a file: to download, upload or paste. */
function YamlForm({ v, profile, state }: { v: Viewer; profile: Profile; state: YamlState }) {
  const at = `/institutes/${profile.id}`;
  return (
    <>
      <p>
        <a href={`${at}/profile`}>{v.t('versions.back')}</a>
      </p>
      <h1>{v.t('yaml.of', { name: nameIn(profile.name, 'of', v.language) })}</h1>
      <p>{v.t('yaml.help')}</p>
      <p>
        <a class="button" href={`${at}/profile.yaml`} download>
          {v.t('yaml.download')}
        </a>
      </p>
      {state.stale && (
        <p class="notice warn" role="alert">
          {v.t('yaml.stale')}
        </p>
      )}
      <Problems v={v} problems={state.problems} />
      <ContactsRefused v={v} says={state.refused} />
      <form
        id="editor"
        method="post"
        action={`${at}/profile/yaml`}
        encType="multipart/form-data"
        data-unsaved={state.refused ? true : undefined}
      >
        <input type="hidden" name="version" value={state.version} />
        <Field id="file" label={v.t('yaml.file')} help={v.t('yaml.file.help')}>
          <input
            id="file"
            name="file"
            type="file"
            accept=".yaml,.yml,text/yaml"
            aria-describedby="file-help"
          />
        </Field>
        <Field id="text" label={v.t('yaml.text')}>
          <textarea id="text" name="text" class="code" rows={30} spellcheck={false}>
            {state.text}
          </textarea>
        </Field>
        <p class="row">
          <button type="submit" class="primary">
            {v.t('form.save')}
          </button>
          <a href={`${at}/profile`}>{v.t('form.cancel')}</a>
        </p>
      </form>
    </>
  );
}

/** A field slightly too long is still accepted, so that the page can say what the limit is. */
const LIMITS = { fileSize: MOST_YAML_BYTES, files: 1, fieldSize: 2 * MOST_YAML_BYTES, fields: 10 };
const Sent = z.object({
  text: z.string().catch(''),
  version: z.coerce.number().int().min(0).max(1e9).optional().catch(undefined),
});

/** Marks bytes that are not valid UTF-8; the parser reports the rest. */
const decoded = (file: { buffer: Buffer }): string => new TextDecoder('utf-8').decode(file.buffer);

/** A profile as a file: export and import. */
@ApiExcludeController()
@Controller('institutes/:profile')
export class ProfileYamlPages {
  constructor(
    private readonly profiles: Profiles,
    private readonly yaml: ProfileYaml,
    private readonly warnings: SaveWarnings,
  ) {}

  @Needs('profile.read', 'profile')
  @Exported()
  @Get('profile.yaml')
  @Header('Content-Type', 'text/yaml; charset=utf-8')
  async download(
    @Res({ passthrough: true }) response: Response,
    @Param('profile') id: string,
  ): Promise<string> {
    const text = await this.yaml.write(id);
    response.attachment(`${id}.yaml`);
    return text;
  }

  @Needs('profile.write', 'profile')
  @Get('profile/yaml')
  async form(@View() v: Viewer, @Param('profile') id: string): Promise<string> {
    return this.shown(v, id, { text: await this.yaml.write(id), problems: [], stale: false });
  }

  /** Imports the file, or the text field if no file was chosen. */
  @Needs('profile.write', 'profile')
  @Post('profile/yaml')
  @UseInterceptors(FileInterceptor('file', { limits: LIMITS }))
  async take(
    @View() v: Viewer,
    @CurrentActor() actor: Actor,
    @Res({ passthrough: true }) response: Response,
    @Param('profile') id: string,
    @Body() body: unknown,
    @UploadedFile() file: { buffer: Buffer } | undefined,
  ): Promise<Answer> {
    const { text: pasted, version } = Sent.parse(bodyOf(body));
    const text = file?.buffer.length ? decoded(file) : pasted;
    const kept = { text, problems: [], stale: false, ...(version !== undefined && { version }) };
    const taken = await orWhyNot(v, response, () => this.yaml.save(id, text, actor, version));
    if ('errors' in taken)
      return pageWith(taken.status, await this.shown(v, id, { ...kept, refused: taken.errors['contacts'] }));
    if ('edited' in taken && taken.edited.outcome !== 'stale')
      return redirectTo(
        `/institutes/${id}/profile`,
        flashOf(taken.edited, await this.warnings.forProfile(taken.edited.profile.content, actor)),
      );
    if ('edited' in taken) return pageWith(409, await this.shown(v, id, { text, problems: [], stale: true }));
    return pageWith(422, await this.shown(v, id, { ...kept, problems: taken.problems }));
  }

  private async shown(
    v: Viewer,
    id: string,
    state: Omit<YamlState, 'version'> & { version?: number },
  ): Promise<string> {
    const { profile, version } = await this.profiles.get(id);
    const options = {
      title: v.t('yaml.of', { name: nameIn(profile.content.name, 'of', v.language) }),
      place: 'profile' as const,
      institute: headOf(profile.content),
      styles: ['profile/profile'],
      scripts: ['profile/profile'],
    };
    return page(v, options, YamlForm({ v, profile: profile.content, state: { version, ...state } }));
  }
}
