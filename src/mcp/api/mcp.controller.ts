import {
  type CanActivate,
  Controller,
  Delete,
  type ExecutionContext,
  Get,
  HttpCode,
  Header,
  Inject,
  Injectable,
  Logger,
  Post,
  Req,
  Res,
  UseGuards,
} from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { BadRequest, Forbidden, Invalid, Unauthorized } from '../../kernel/errors.js';
import { type AuthenticatedRequest, SignedIn } from '../../platform/access/rule.js';
import { unstorable } from '../../platform/api/input.pipe.js';
import type { Environment } from '../../platform/config/environment.js';
import { answerMcp, isOfHost } from '../../platform/mcp/mcp-server.js';
import { ENVIRONMENT } from '../../platform/tokens.js';
import { McpTools } from './mcp-tools.js';

/**
 * Lets keys in, and no page of another site: a browser's session is no key, and a name that is made to point
 * here still says by its origin where the page comes from (the protocol's "DNS rebinding").
 */
@Injectable()
class McpGuard implements CanActivate {
  private readonly host: string;

  constructor(@Inject(ENVIRONMENT) { PUBLIC_URL }: Environment) {
    this.host = new URL(PUBLIC_URL).hostname;
  }

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<AuthenticatedRequest>();
    if (!isOfHost(request, this.host)) throw new Forbidden('other-site');
    if (!request.actor?.sessionId) return true;
    context
      .switchToHttp()
      .getResponse<Response>()
      .setHeader('WWW-Authenticate', 'Bearer realm="carnot-europe"');
    throw new Unauthorized('no-credential');
  }
}

/**
 * The Model Context Protocol over HTTP, without sessions: each request is answered by itself. What a tool may
 * do is decided by the rule of the tool.
 */
@ApiExcludeController()
@Controller('mcp')
@SignedIn()
@UseGuards(McpGuard)
export class McpController {
  private readonly log = new Logger('Mcp');

  constructor(private readonly tools: McpTools) {}

  @Post()
  async answer(@Req() request: AuthenticatedRequest, @Res() response: Response): Promise<void> {
    // Earlier versions of the protocol allowed batches, which would be many calls in one.
    if (Array.isArray(request.body)) throw new BadRequest('mcp-batch');
    const issues = unstorable(request.body);
    if (issues.length > 0) throw new Invalid(issues);
    await answerMcp(request, response, this.tools.servedTo(request, response), (error) => {
      this.log.warn(error.message);
    });
  }

  /** There is no stream to open and no session to end: clients go on without (405). */
  @Get()
  @HttpCode(405)
  @Header('Allow', 'POST')
  noStream(): void {}

  @Delete()
  @HttpCode(405)
  @Header('Allow', 'POST')
  noSession(): void {}
}
