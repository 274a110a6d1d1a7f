import { Controller, Get, Header, Inject } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { dayAfter } from '../../kernel/lifetimes.js';
import { NotFound } from '../../kernel/errors.js';
import type { Clock } from '../../kernel/ports.js';
import { Open } from '../../platform/access/rule.js';
import type { Environment } from '../../platform/config/environment.js';
import { CLOCK, ENVIRONMENT } from '../../platform/tokens.js';

/**
 * Less than a year (RFC 9116, 2.5.5). Regenerated on every read, so it never expires while the server runs.
 */
const GOOD_DAYS = 180;

/** `/.well-known/security.txt` (RFC 9116). */
function securityTxt({ contact, publicUrl }: { contact: string; publicUrl: string }, now: Date): string {
  const expires = dayAfter(now, GOOD_DAYS)
    .toISOString()
    .replace(/\.\d+Z$/, 'Z');
  const fields = [
    ['Contact', contact],
    ['Expires', expires],
    ['Preferred-Languages', 'fr, en'],
    ['Canonical', `${publicUrl}/.well-known/security.txt`],
  ];
  return fields.map(([name, value]) => `${name}: ${value}\n`).join('');
}

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
