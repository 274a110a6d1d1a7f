import { NotFound } from '../../kernel/errors.js';
import { AcrossInstitutes, Open } from '../../platform/access/rule.js';
import { Controller, Get, Header, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Clock } from '../../kernel/ports.js';
import type { RecipientEntity } from '../store/recipient.entity.js';
import { RecipientRepository } from '../store/recipient.repository.js';
import { pageForAnyone } from '../../ui/page-for-anyone.js';
import { CLOCK } from '../../platform/tokens.js';
import { UNSUBSCRIBED } from '../domain/delivery/channel.js';

/**
 * A page in every language, since only the address is known here. It names neither the address nor the
 * institute.
 */
const unsubscribePage = ({ stoppedAt }: Pick<RecipientEntity, 'stoppedAt'>): string =>
  pageForAnyone(
    stoppedAt
      ? { heading: 'anyone.unsubscribed' }
      : { heading: 'anyone.unsubscribe', button: 'anyone.unsubscribe.do' },
  );

/** Unsubscribes with the token from the e-mail as the only credential. */
@ApiTags('unsubscribe')
@ApiProduces('text/html')
@AcrossInstitutes('a recipient follows the link in a message')
@Open('the token in the e-mail is the credential, and e-mail providers follow the link by themselves')
@Controller('unsubscribe')
export class UnsubscribeController {
  constructor(
    private readonly recipients: RecipientRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Asks first: mail scanners open every link, and that must not unsubscribe anyone. */
  @Get(':token')
  @ApiOperation({ summary: 'Ask whether to unsubscribe' })
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('referrer-policy', 'no-referrer')
  async ask(@Param('token') token: string): Promise<string> {
    return unsubscribePage(await this.get(token));
  }

  /** Unsubscribes with one click (RFC 8058). Idempotent. */
  @Post(':token')
  @ApiOperation({ summary: 'Unsubscribe' })
  @HttpCode(200)
  @Header('content-type', 'text/html; charset=utf-8')
  async stop(@Param('token') token: string): Promise<string> {
    const recipient = await this.get(token);
    const stoppedAt = recipient.stoppedAt ?? this.clock.now();
    await this.recipients.stop(recipient.id, UNSUBSCRIBED, stoppedAt);
    return unsubscribePage({ ...recipient, stoppedAt });
  }

  private async get(token: string): Promise<RecipientEntity> {
    const recipient = await this.recipients.byToken(token);
    if (!recipient) throw new NotFound('bad-link');
    return recipient;
  }
}
