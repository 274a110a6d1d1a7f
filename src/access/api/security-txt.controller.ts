import { Controller, Get, Header, Inject } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { NotFound } from '../../kernel/errors.js';
import { securityTxt } from '../domain/security-txt.js';
import type { Clock } from '../../kernel/ports.js';
import { Open } from '../../platform/access/rule.js';
import type { Environment } from '../../platform/config/environment.js';
import { CLOCK, ENVIRONMENT } from '../../platform/tokens.js';

/**
 * The contact for reporting vulnerabilities. No answer is promised unless the operator has set an address.
 */
@ApiExcludeController()
@Open('who finds a weakness need not be anybody here')
@Controller('.well-known/security.txt')
export class SecurityTxtController {
  constructor(
    @Inject(ENVIRONMENT) private readonly env: Environment,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @Header('content-type', 'text/plain; charset=utf-8')
  read(): string {
    const { SECURITY_CONTACT: contact, PUBLIC_URL: publicUrl } = this.env;
    if (contact === undefined) throw new NotFound('no-security-contact');
    return securityTxt({ contact, publicUrl }, this.clock.now());
  }
}
