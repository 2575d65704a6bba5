import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import type { Actor, Evidence } from '#libs/projects/domain/envelope.js';
import type { ProjectEventType } from '#libs/projects/domain/events.js';

/** The projection makes the table; TypeORM only reads it. */
@Entity({ schema: 'read', name: 'timeline_event', synchronize: false })
export class TimelineEvent {
  @PrimaryColumn({ name: 'event_id', type: 'uuid' })
  eventId!: string;

  @Column({ name: 'project_id', type: 'uuid' })
  projectId!: string;

  @Column({ type: 'integer' })
  revision!: number;

  @Column({ type: 'text' })
  position!: string;

  @Column({ name: 'event_type', type: 'text' })
  eventType!: ProjectEventType;

  @Column({ type: 'text' })
  effective!: string;

  @Column({ name: 'recorded_at', type: 'timestamptz' })
  recordedAt!: Date;

  @Column({ type: 'jsonb' })
  actor!: Actor;

  @Column({ type: 'jsonb' })
  evidence!: Evidence[];

  @Column({ type: 'jsonb' })
  data!: Record<string, unknown>;

  @Column({ name: 'command_id', type: 'text' })
  commandId!: string;

  @Column({ name: 'correlation_id', type: 'text' })
  correlationId!: string;

  @Column({ name: 'causation_id', type: 'text' })
  causationId!: string;

  @ManyToOne(() => TimelineEvent, { nullable: true, createForeignKeyConstraints: false })
  @JoinColumn({ name: 'reversed_by' })
  reversal!: Relation<TimelineEvent> | null;
}
