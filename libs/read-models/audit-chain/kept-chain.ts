import type { DataSource } from 'typeorm';
import type { ChainLink, KeptChain } from '#libs/audit-chain/domain/comparison.js';

const PAGE_LINKS = 5_000;
const COLUMNS = `sequence, position, event_id as "eventId",
  encode(event_digest, 'hex') as digest, encode(hash, 'hex') as hash`;

type Row = Omit<ChainLink, 'sequence'> & { sequence: string };

/** The chain as it is kept in the read model, up to the end that it had when it was opened, page by page. */
export class ReadModelChain implements KeptChain {
  private page: ChainLink[] = [];
  private at = 0;
  private last = 0;

  private constructor(
    private readonly database: DataSource,
    /** Its last sequence; 0 where it is empty. */
    readonly end: number,
  ) {}

  static async open(database: DataSource): Promise<ReadModelChain> {
    const [row] = await database.query<{ end: string }[]>(
      'select coalesce(max(sequence), 0)::text as end from read.chain_link',
    );
    return new ReadModelChain(database, Number(row!.end));
  }

  async peek(): Promise<ChainLink | undefined> {
    if (this.at === this.page.length && this.last < this.end) {
      this.page = (await this.read('sequence > $1 and sequence <= $2', [this.last, this.end])).map(linkOf);
      this.at = 0;
      this.last = this.page.at(-1)?.sequence ?? this.end;
    }
    return this.page[this.at];
  }

  take(): void {
    this.at += 1;
  }

  /** Reads the whole table, which has no index for it: asked only where something is wrong. */
  async sequenceOf(eventId: string): Promise<number | undefined> {
    const [row] = await this.read('event_id = $1 and sequence <= $2', [eventId, this.end]);
    return row && Number(row.sequence);
  }

  private read(condition: string, values: unknown[]): Promise<Row[]> {
    return this.database.query<Row[]>(
      `select ${COLUMNS} from read.chain_link where ${condition} order by sequence limit ${PAGE_LINKS}`,
      values,
    );
  }
}

const linkOf = (row: Row): ChainLink => ({ ...row, sequence: Number(row.sequence) });
