import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The vector that a model made of a text, once by the text's SHA-256. */
@Entity('embedding')
export class EmbeddingEntity {
  @PrimaryColumn('text') model: string;
  @PrimaryColumn('bytea') hash: Buffer;
  /** In the form of vector-bytes. */
  @Column('bytea') vector: Buffer;
}
