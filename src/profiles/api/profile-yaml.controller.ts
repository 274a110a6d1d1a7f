import { Controller, Get, Header, Inject, Param, Put, Req } from '@nestjs/common';
import { ApiOperation, ApiBearerAuth, ApiBody, ApiConsumes, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import { InstituteOverview } from '../../access/api/institute-overview.js';
import { Invalid, UnsupportedMedia } from '../../kernel/errors.js';
import type { Actor } from '../../kernel/actor.js';
import type { ProfileWarnings } from '../domain/warning.js';
import { CurrentActor, Needs } from '../../platform/access/rule.js';
import { PROFILE_WARNINGS } from '../../platform/tokens.js';
import { FromVersion, unlessStale } from '../if-match.js';
import { profileView, SavedProfileView } from './profile-views.js';
import { ProfileYaml } from '../profile-yaml.js';

const TEXT = { type: 'string' as const, description: 'as in config/institutes' };

@ApiTags('profiles')
@ApiBearerAuth()
@Controller('v1/profiles/:id/profile.yaml')
export class ProfileYamlController {
  constructor(
    private readonly yaml: ProfileYaml,
    private readonly institutes: InstituteOverview,
    @Inject(PROFILE_WARNINGS) private readonly warnings: ProfileWarnings,
  ) {}

  @Needs('profile.read', 'id')
  @Get()
  @ApiOperation({ summary: 'A profile as YAML' })
  @Header('Content-Type', 'text/yaml; charset=utf-8')
  @ApiOkResponse({ content: { 'text/yaml': { schema: TEXT } } })
  read(@Param('id') id: string): Promise<string> {
    return this.yaml.write(id);
  }

  /** Replaces the profile with a file's content. Each error has its line and how to fix it. */
  @Needs('profile.write', 'id')
  @Put()
  @ApiOperation({ summary: 'Replace a profile with YAML' })
  @ApiConsumes('text/yaml')
  @ApiBody({ schema: TEXT })
  @ApiOkResponse({ standardSchema: SavedProfileView })
  async replace(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @FromVersion() version: number | undefined,
    @Req() request: Request,
  ): Promise<SavedProfileView> {
    const body: unknown = request.body;
    if (typeof body !== 'string') throw new UnsupportedMedia('not-yaml');
    const saved = await this.yaml.save(id, body, actor, version);
    if ('edited' in saved) {
      const edited = unlessStale(saved.edited);
      return {
        ...profileView(edited, await this.institutes.isTold(edited.profile.content)),
        warnings: await this.warnings.forProfile(edited.profile.content, actor),
      };
    }
    throw new Invalid(
      saved.problems.map(({ path, line, code, facts }) => ({ path, code, facts, line: line ?? 1 })),
    );
  }
}
