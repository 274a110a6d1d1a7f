import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A model's vector of a text, stored once per SHA-256 of the text. */
@Entity('embedding')
export class EmbeddingEntity {
  @PrimaryColumn('text') model: string;
  @PrimaryColumn('bytea') hash: Buffer;
  /** Encoded as in vector-bytes. */
  @Column('bytea') vector: Buffer;
}
