import { Controller, Get } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Groups } from '../../network/groups.js';
import { Needs } from '../../platform/access/rule.js';
import { PageQuery } from '../../ui/form.js';
import { page } from '../../ui/page.js';
import { View, type Viewer } from '../../ui/viewer.js';
import { Cockpit } from '../cockpit.js';
import { MATRIX_FIELDS, MatrixPage, type MatrixQuery } from './matrix-page.js';

/** Calls per page: with fifty institutes, the page stays light. */
const ROWS = 25;

/** The matrix of calls and institutes, for the coordination. */
@ApiExcludeController()
@Controller('network')
export class MatrixPages {
  constructor(
    private readonly cockpit: Cockpit,
    private readonly groups: Groups,
  ) {}

  @Needs('network.read')
  @Get()
  async show(@View() v: Viewer, @PageQuery(MATRIX_FIELDS) asked: MatrixQuery): Promise<string> {
    const groups = this.groups.named(v.language);
    // An unknown group is ignored, as in an old bookmark.
    const query = { ...asked, group: groups.find((g) => g.id === asked.group)?.id };
    const matrix = await this.cockpit.matrix({ ...query, limit: ROWS });
    return page(
      v,
      { title: v.t('cockpit.title'), place: 'cockpit', styles: ['calls', 'network'], wide: true },
      MatrixPage({ v, query, groups, matrix }),
    );
  }
}
