import { Controller, Get, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Needs } from '../../platform/access/rule.js';
import { PAGING, pageOf } from '../../platform/api/paging.js';
import { Cockpit, type Matrix } from '../cockpit.js';
import { MatrixRowView } from './matrix-views.js';

const MatrixQuery = z.object({
  ...PAGING,
  group: z.string().max(63).optional().describe('a group of institutes; by default all institutes'),
  q: z.string().trim().min(1).max(200).optional().describe('in title and identifier'),
  show: z
    .enum(['two', 'one', 'wanted'])
    .default('two')
    .describe(
      'calls that fit at least two institutes, at least one, or only those in which an institute is interested',
    ),
  within: z.coerce
    .number()
    .int()
    .min(1)
    .max(730)
    .optional()
    .describe('whose next deadline is within this many days'),
  sort: z.enum(['fits', 'deadline']).default('fits'),
});

/** Calls by institute, for the coordination. */
@ApiTags('network')
@ApiBearerAuth()
@Controller('v1/network')
export class CockpitController {
  constructor(private readonly cockpit: Cockpit) {}

  @Needs('network.read')
  @Get('calls')
  @ApiOperation({ summary: 'Calls by institute: whom each call fits, who is interested, who leads' })
  @ApiOkResponse({
    standardSchema: pageOf(MatrixRowView).extend({
      institutes: z.array(z.object({ id: z.string(), name: z.string() })),
    }),
  })
  calls(@Query({ schema: MatrixQuery }) query: z.infer<typeof MatrixQuery>): Promise<Matrix> {
    return this.cockpit.matrix(query);
  }
}
