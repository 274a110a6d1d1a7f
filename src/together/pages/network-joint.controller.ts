import { Body, Controller, Get, Param, Post, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { z } from 'zod';
import { Groups, membersOf } from '../../network/groups.js';
import type { Actor } from '../../kernel/actor.js';
import { CurrentActor, Needs } from '../../platform/access/rule.js';
import { PageQuery } from '../../ui/form.js';
import { page } from '../../ui/page.js';
import { View, type Viewer } from '../../ui/viewer.js';
import { Cockpit } from '../cockpit.js';
import { MOST_WANTED } from '../domain/joint.js';
import { JointOpportunities } from '../joint-opportunities.js';
import { JointScreen } from './joint-screen.js';
import { NetworkJointList } from './network-joint-list.js';

const Id = z.uuid();
const LIST_FIELDS = { group: z.string().max(63).optional() };

/** Joint opportunities for the coordination of the network. */
@ApiExcludeController()
@Controller('network/joint')
export class NetworkJointPages {
  constructor(
    private readonly joint: JointOpportunities,
    private readonly cockpit: Cockpit,
    private readonly groups: Groups,
    private readonly screen: JointScreen,
  ) {}

  @Needs('network.read')
  @Get()
  async list(
    @View() v: Viewer,
    @PageQuery(LIST_FIELDS) { group: asked }: { group: string | undefined },
  ): Promise<string> {
    const groups = this.groups.named(v.language);
    const group = this.groups.all.find((g) => g.id === asked);
    const [joint, wanted] = await Promise.all([
      this.joint.list(null, group ? membersOf(group) : null),
      this.cockpit.matrix({ show: 'wanted', sort: 'deadline', limit: MOST_WANTED, group: group?.id }),
    ]);
    return page(
      v,
      { title: v.t('cockpit.tab.joint'), place: 'cockpit', styles: ['calls', 'network'] },
      NetworkJointList({
        v,
        group: group?.id,
        groups,
        joint,
        open: wanted.items.filter((row) => row.joint === null && row.wants.length > 1),
        names: new Map(wanted.institutes.map((i) => [i.id, i.name])),
      }),
    );
  }

  /** If an institute has withdrawn meanwhile, nothing is started. */
  @Needs('network.write')
  @Post()
  begin(
    @View() v: Viewer,
    @CurrentActor() actor: Actor,
    @Body() body: unknown,
    @Res() response: Response,
  ): Promise<void> {
    return this.screen.begin(v, actor, null, body, response);
  }

  @Needs('network.read')
  @Get(':joint')
  show(@View() v: Viewer, @Param('joint', { schema: Id }) id: string): Promise<string> {
    return this.screen.render(v, null, id);
  }

  @Needs('network.write')
  @Post(':joint')
  change(
    @View() v: Viewer,
    @CurrentActor() actor: Actor,
    @Param('joint', { schema: Id }) id: string,
    @Body() body: unknown,
    @Res() response: Response,
  ): Promise<void> {
    return this.screen.change(v, actor, null, id, body, response);
  }

  @Needs('network.write')
  @Post(':joint/messages')
  say(
    @View() v: Viewer,
    @CurrentActor() actor: Actor,
    @Param('joint', { schema: Id }) id: string,
    @Body() body: unknown,
    @Res() response: Response,
  ): Promise<void> {
    return this.screen.say(v, actor, null, id, body, response);
  }

  @Needs('network.write')
  @Post(':joint/undo')
  undo(
    @CurrentActor() actor: Actor,
    @Param('joint', { schema: Id }) id: string,
    @Res() response: Response,
  ): Promise<void> {
    return this.screen.undo(actor, null, id, response);
  }
}
