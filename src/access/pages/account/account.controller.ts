import { Body, Controller, Get, Param, Post, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { z } from 'zod';
import { Conflict } from '../../../kernel/errors.js';
import type { Actor } from '../../../kernel/actor.js';
import { Account, AccountForm } from '../../account.js';
import { Keys } from '../../keys.js';
import { Passkeys } from '../../passkeys/passkeys.js';
import { SecondFactor } from '../../passkeys/second-factor.js';
import { Sessions } from '../../sessions.js';
import { CurrentActor, InPerson, JustSignedIn, Oneself } from '../../../platform/access/rule.js';
import { readForm } from '../../../ui/form.js';
import { redirectWithFlash, View, type Viewer } from '../../../ui/viewer.js';
import { madeKey } from './key-parts.js';
import { accountPage, type AccountModel } from './account-page.js';

const owner = ({ personId }: Actor): { personId: string } => ({ personId: personId! });

/** The account page. */
@ApiExcludeController()
@Oneself()
@Controller('account')
export class AccountPages {
  constructor(
    private readonly account: Account,
    private readonly sessions: Sessions,
    private readonly keys: Keys,
    private readonly passkeys: Passkeys,
    private readonly secondFactor: SecondFactor,
  ) {}

  @Get()
  show(@View() v: Viewer, @CurrentActor() actor: Actor): Promise<string> {
    return this.page(v, actor, {});
  }

  @Post()
  async describe(
    @View() v: Viewer,
    @CurrentActor() actor: Actor,
    @Body() body: unknown,
    @Res() response: Response,
  ): Promise<void> {
    const form = readForm(AccountForm, body, v.language, (fields) => ({
      ...fields,
      telephone: fields['telephone'] ?? null,
      showsContact: fields['showsContact'] === 'true',
    }));
    if (!form.ok)
      return void response
        .status(422)
        .type('html')
        .send(await this.page(v, actor, { me: form }));
    await this.account.describe(actor, form.value);
    // The parameter also switches this browser to the new language.
    redirectWithFlash(response, `/account?lang=${form.value.language}`, 'flash.saved');
  }

  @Post('sessions/revoke-others')
  async revokeOthers(@CurrentActor() actor: Actor, @Res() response: Response): Promise<void> {
    await this.sessions.revokeOthers(actor);
    redirectWithFlash(response, '/account', 'flash.revoked');
  }

  @Post('sessions/:session/revoke')
  async revokeSession(
    @CurrentActor() actor: Actor,
    @Param('session', { schema: z.uuid() }) session: string,
    @Res() response: Response,
  ): Promise<void> {
    await this.sessions.revoke(actor, session);
    redirectWithFlash(response, '/account', 'flash.revoked');
  }

  /** Renders the key in this response, because it is not stored and cannot be shown later. */
  @JustSignedIn()
  @Post('keys')
  async makeKey(
    @View() v: Viewer,
    @CurrentActor() actor: Actor,
    @Body() body: unknown,
    @Res() response: Response,
  ): Promise<void> {
    const { status, extra } = await madeKey(v, this.keys, owner(actor), body);
    response
      .status(status)
      .type('html')
      .send(await this.page(v, actor, extra));
  }

  /** Somebody at an unattended browser must not remove a second factor. */
  @JustSignedIn()
  @Post('passkeys/:passkey/remove')
  async removePasskey(
    @View() v: Viewer,
    @CurrentActor() actor: Actor,
    @Param('passkey', { schema: z.uuid() }) passkey: string,
    @Res() response: Response,
  ): Promise<void> {
    try {
      await this.passkeys.remove(actor, passkey);
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
      const refused = await this.page(v, actor, { passkeyRefused: v.t('passkeys.last') });
      return void response.status(409).type('html').send(refused);
    }
    redirectWithFlash(response, '/account', 'flash.passkey-removed');
  }

  @InPerson()
  @Post('keys/:key/revoke')
  async revokeKey(
    @CurrentActor() actor: Actor,
    @Param('key', { schema: z.uuid() }) key: string,
    @Res() response: Response,
  ): Promise<void> {
    await this.keys.revoke(owner(actor), key);
    redirectWithFlash(response, '/account', 'flash.revoked');
  }

  private async page(v: Viewer, actor: Actor, extra: Partial<AccountModel>): Promise<string> {
    const [contact, sessions, keys, passkeys] = await Promise.all([
      this.account.contact(actor),
      this.sessions.list(actor),
      this.keys.list(owner(actor)),
      this.secondFactor.party ? this.passkeys.list(actor) : null,
    ]);
    return accountPage(v, { ...extra, contact, sessions, keys, passkeys });
  }
}
