import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A funded project, as in the last imported file. */
@Entity('history_project')
export class HistoryProjectEntity {
  @PrimaryColumn('bigint') id: string;
  @Column('text') acronym: string;
  @Column('text') title: string;
  @Column('text', { nullable: true }) objective: string | null;
  @Column('text') programme: string;
  @Column('date', { name: 'start_on', nullable: true }) startOn: string | null;
  @Column('date', { name: 'end_on', nullable: true }) endOn: string | null;
  @Column('text', { name: 'funding_scheme', nullable: true }) fundingScheme: string | null;
  @Column('text', { nullable: true }) status: string | null;
  /** Euros. */
  @Column('numeric', { name: 'total_cost', precision: 15, scale: 2, nullable: true }) totalCost:
    string | null;
  @Column('numeric', { name: 'ec_max_contribution', precision: 15, scale: 2, nullable: true })
  ecMaxContribution: string | null;
  /** As listed in the project; titles are in `history_topic`. */
  @Column('text', { name: 'topic_codes', array: true }) topicCodes: string[];
}
