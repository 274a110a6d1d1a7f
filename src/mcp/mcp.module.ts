import { Module } from '@nestjs/common';
import { CallTools } from './api/call-tools.js';
import { InstituteTools } from './api/institute-tools.js';
import { McpController } from './api/mcp.controller.js';
import { McpTools } from './api/mcp-tools.js';

/** The calls and the matches for assistants, by the Model Context Protocol. */
@Module({ controllers: [McpController], providers: [CallTools, InstituteTools, McpTools] })
export class McpModule {}
