import type { DataSource } from 'typeorm';

/** What questions are asked of: the database, or one transaction in it. */
export type Queryable = Pick<DataSource, 'query'>;
