import { Inject, Injectable } from '@nestjs/common';
import { NotFound } from '../kernel/errors.js';
import { SOURCES, type Source } from './source-registry.js';

/** The enabled sources, by id. */
@Injectable()
export class Sources {
  private readonly byId: Map<string, Source>;

  constructor(@Inject(SOURCES) readonly all: Source[]) {
    this.byId = new Map(all.map((s) => [s.id, s]));
  }

  /** Returns null for a source that was disabled or removed while it still had work under way. */
  findById(id: string): Source | null {
    return this.byId.get(id) ?? null;
  }

  get(id: string): Source {
    const source = this.findById(id);
    if (!source) throw new NotFound('no-source', { id, known: [...this.byId.keys()].join(', ') });
    return source;
  }
}
