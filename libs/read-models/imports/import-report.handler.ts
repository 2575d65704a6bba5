import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { DataSource } from 'typeorm';
import type { ImportSummary, RowReport } from '#libs/exchange/report/report.js';
import type { Actor } from '#libs/projects/domain/envelope.js';
import { ImportReportQuery, type RecordedImport } from './queries.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/iu;

const LATEST_RUN = `
  select run_id, actor, recorded_at, summary, count(*) over ()::integer as runs
  from read.import_run where import_id = $1 order by position desc limit 1`;

interface Run {
  run_id: string;
  actor: Actor;
  recorded_at: Date;
  summary: ImportSummary;
  runs: number;
}

@QueryHandler(ImportReportQuery)
export class ImportReportHandler implements IQueryHandler<ImportReportQuery> {
  constructor(private readonly database: DataSource) {}

  async execute({ importId }: ImportReportQuery): Promise<RecordedImport | null> {
    if (!UUID.test(importId)) return null;
    const [run]: Run[] = await this.database.query(LATEST_RUN, [importId]);
    if (!run) return null;
    const parts: { rows: RowReport[] }[] = await this.database.query(
      'select rows from read.import_part where run_id = $1 order by from_row',
      [run.run_id],
    );
    const { summary, actor, recorded_at, runs } = run;
    return {
      ...summary,
      rows: parts.flatMap(({ rows }) => rows),
      actor,
      recordedAt: recorded_at.toISOString(),
      runs,
    };
  }
}
