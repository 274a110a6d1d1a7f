import { Controller, Get, Param } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Groups, membersOf } from '../../network/groups.js';
import { Needs } from '../../platform/access/rule.js';
import { page } from '../../ui/page.js';
import { View, type Viewer } from '../../ui/viewer.js';
import { JointOpportunities } from '../joint-opportunities.js';
import { GroupPage, GroupsPage } from './groups-page.js';
import { namedIn } from '../../kernel/language.js';

const BEST = 15;
const LOOK = { place: 'cockpit' as const, styles: ['calls', 'network'] };

/** The pages of groups of institutes. */
@ApiExcludeController()
@Controller('network/groups')
export class GroupPages {
  constructor(
    private readonly groups: Groups,
    private readonly joint: JointOpportunities,
  ) {}

  @Needs('network.read')
  @Get()
  async list(@View() v: Viewer): Promise<string> {
    const groups = await this.groups.views(this.groups.all);
    return page(v, { ...LOOK, title: v.t('cockpit.groups') }, GroupsPage({ v, groups }));
  }

  @Needs('network.read')
  @Get(':group')
  async show(@View() v: Viewer, @Param('group') id: string): Promise<string> {
    const found = this.groups.findById(id);
    const [[group], joint, best] = await Promise.all([
      this.groups.views([found]),
      this.joint.list(null, membersOf(found)),
      this.groups.matches(id, { limit: BEST, cursor: undefined }),
    ]);
    return page(
      v,
      { ...LOOK, title: namedIn(found.name, v.language) },
      GroupPage({ v, group: group!, joint, best: best.items }),
    );
  }
}
