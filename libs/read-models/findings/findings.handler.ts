import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { DataSource } from 'typeorm';
import { checkedLimit, pageOf, readCursor, type Page } from '../paging.js';
import { findFindings } from './find-findings.js';
import { FindingsQuery, type FindingView } from './queries.js';

const LIST = 'findings';

@QueryHandler(FindingsQuery)
export class FindingsHandler implements IQueryHandler<FindingsQuery> {
  constructor(private readonly database: DataSource) {}

  async execute({ params }: FindingsQuery): Promise<Page<FindingView>> {
    const { cursor, limit, ...filter } = params;
    const after =
      cursor === undefined
        ? {}
        : { after: readCursor(LIST, cursor, [/^\d{1,3}$/u, /^\S+$/u, /^\S+$/u]) as [string, string, string] };
    const found = await findFindings(
      this.database,
      { status: 'failing', ...filter },
      { ...after, limit: checkedLimit(limit) + 1 },
    );
    const page = pageOf(LIST, found, limit, ({ place }) => place);
    return { ...page, items: page.items.map(({ view }) => view) };
  }
}
