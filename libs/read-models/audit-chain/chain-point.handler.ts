import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { DataSource } from 'typeorm';
import { ChainPointQuery, type ChainPoint } from './queries.js';

const POINT = `
  select sequence, position, event_id as "eventId", encode(hash, 'hex') as hash
  from read.chain_link as link
  where ($1::text is null or position = $1)
    and ($2::timestamptz is null or recorded_at < $2)
    and not ($3 and exists (select from read.chain_anchor where position = link.position))
  order by sequence desc limit 1`;

@QueryHandler(ChainPointQuery)
export class ChainPointHandler implements IQueryHandler<ChainPointQuery> {
  constructor(private readonly database: DataSource) {}

  async execute({ params }: ChainPointQuery): Promise<ChainPoint | null> {
    type Row = Omit<ChainPoint, 'sequence'> & { sequence: string };
    const { position = null, recordedBefore = null, withoutAnchors = false } = params;
    const [row] = await this.database.query<Row[]>(POINT, [position, recordedBefore, withoutAnchors]);
    return row ? { ...row, sequence: Number(row.sequence) } : null;
  }
}
