import { Exported } from '../../audit/exported.js';
import { SaveWarnings } from '../../explain/save-warnings.js';
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
import type { Actor } from '../../kernel/actor.js';
import { nameIn } from '../domain/name-in.js';
import { MOST_YAML_BYTES, ProfileYaml } from '../profile-yaml.js';
import { Profiles } from '../profiles.js';
import { CurrentActor, Needs } from '../../platform/access/rule.js';
import { page } from '../../ui/page.js';
import { redirectWithFlash, View, type Viewer } from '../../ui/viewer.js';
import { bodyOf } from './profile-form.js';
import { headOf } from './profile-page.js';
import { flashOf } from './saved.js';
import { YamlForm, type YamlState } from './yaml-form.js';

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
  ): Promise<string | void> {
    const { text: pasted, version } = Sent.parse(bodyOf(body));
    const text = file?.buffer.length ? decoded(file) : pasted;
    const taken = await this.yaml.save(id, text, actor, version);
    if ('edited' in taken && taken.edited.outcome !== 'stale') {
      return redirectWithFlash(
        response,
        `/institutes/${id}/profile`,
        flashOf(taken.edited, await this.warnings.forProfile(taken.edited.profile.content, actor)),
      );
    }
    response.status('edited' in taken ? 409 : 422);
    return this.shown(
      v,
      id,
      'edited' in taken
        ? { text, problems: [], stale: true }
        : { text, problems: taken.problems, stale: false, ...(version !== undefined && { version }) },
    );
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
    };
    return page(v, options, YamlForm({ v, profile: profile.content, state: { version, ...state } }));
  }
}
