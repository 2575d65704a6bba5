import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { RegisteredProject } from './registered-project.js';

/** What projects are found, sorted and summed by. The projection makes the tables; TypeORM only reads them. */
export abstract class FoundProject {
  @PrimaryColumn({ name: 'project_id', type: 'uuid' })
  projectId!: string;

  @Column({ type: 'text' })
  entered!: string;

  @Column({ type: 'text' })
  category!: string;

  @Column({ type: 'text' })
  stage!: string;

  @Column({ type: 'text', array: true })
  regions!: string[];

  @Column({ name: 'planned_use_year', type: 'smallint', nullable: true })
  plannedUseYear!: number | null;

  @Column({ type: 'text' })
  name!: string;

  @Column({ type: 'text' })
  place!: string;

  @Column({ type: 'text', nullable: true })
  code!: string | null;

  @Column({ name: 'planned_use', type: 'text', nullable: true })
  plannedUse!: string | null;

  @Column({ name: 'total_fen', type: 'bigint', nullable: true })
  totalFen!: string | null;

  @Column({ name: 'planned_fen', type: 'bigint', nullable: true })
  plannedFen!: string | null;

  @Column({ name: 'self_raised_fen', type: 'bigint', nullable: true })
  selfRaisedFen!: string | null;

  @Column({ name: 'planned_sources', type: 'text', array: true })
  plannedSources!: string[];

  @Column({ name: 'listed_years', type: 'smallint', array: true })
  listedYears!: number[];

  @Column({ type: 'boolean' })
  ready!: boolean;

  @Column({ type: 'text' })
  search!: string;
}

/** A project as it stands. */
@Entity({ schema: 'read', name: 'register_project', synchronize: false })
export class RegisterProject extends FoundProject {
  @Column({ type: 'jsonb' })
  shown!: RegisteredProject;
}

/** A state that a project was in: of each there is one row for any pair of times, which `COUNTS_AS_OF` finds. */
@Entity({ schema: 'read', name: 'register_version', synchronize: false })
export class RegisterVersion extends FoundProject {}
