import { Body, Controller, Get, Param, Post, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { z } from 'zod';
import { NetworkOnly } from '../../platform/access/rule.js';
import { View, type Viewer } from '../../ui/viewer.js';
import { JointScreen } from './joint-screen.js';

const Id = z.uuid();

/** A joint opportunity as the coordination of the network sees it. */
@ApiExcludeController()
@Controller('network/joint/:joint')
export class NetworkJointPages {
  constructor(private readonly screen: JointScreen) {}

  @NetworkOnly('read')
  @Get()
  show(@View() v: Viewer, @Param('joint', { schema: Id }) id: string): Promise<string> {
    return this.screen.render(v, null, id);
  }

  @NetworkOnly('write')
  @Post()
  change(
    @View() v: Viewer,
    @Param('joint', { schema: Id }) id: string,
    @Body() body: unknown,
    @Res() response: Response,
  ): Promise<void> {
    return this.screen.change(v, null, id, body, response);
  }
}
