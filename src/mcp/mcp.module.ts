import { Module } from '@nestjs/common';
import { CallTools, InstituteTools, McpTools } from './api/mcp-tools.js';
import { McpController } from './api/mcp.controller.js';

/** The calls and the matches for assistants, by the Model Context Protocol. */
@Module({ controllers: [McpController], providers: [CallTools, InstituteTools, McpTools] })
export class McpModule {}
