import { Controller, Get } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { InstituteOverview } from '../../access/api/institute-overview.js';
import { Alarms } from '../../monitoring/alarms.js';
import { bySector } from '../../network/domain/group.js';
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
    private readonly institutes: InstituteOverview,
    private readonly alarms: Alarms,
  ) {}

  @Needs('network.read')
  @Get()
  async show(@View() v: Viewer, @PageQuery(MATRIX_FIELDS) asked: MatrixQuery): Promise<string> {
    const groups = this.groups.named(v.language);
    // An unknown group is ignored, as in an old bookmark.
    const query = { ...asked, group: groups.find((g) => g.id === asked.group)?.id };
    const [matrix, needs, unread, troubled] = await Promise.all([
      this.cockpit.foldedMatrix({ ...query, limit: ROWS }),
      this.cockpit.needs(),
      this.institutes.withoutRecipients(),
      this.alarms.troubledSources(v.language),
    ]);
    const sectors = bySector(matrix.institutes, this.groups.all, v.language);
    return page(
      v,
      { title: v.t('cockpit.title'), place: 'cockpit', styles: ['calls', 'network'], wide: true },
      MatrixPage({ v, query, groups, matrix, sectors, needs: { ...needs, unread, troubled } }),
    );
  }
}
