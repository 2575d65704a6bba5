import type { ClientBase } from 'pg';

/** A table of sums: what a row is told by, with its SQL type, and what is added up in it. */
export interface SumTable {
  readonly name: string;
  readonly key: Readonly<Record<string, 'uuid' | 'text' | 'smallint' | 'date'>>;
  readonly amounts: readonly string[];
  readonly counts: readonly string[];
}

interface Sums {
  readonly key: readonly (string | number)[];
  readonly amounts: bigint[];
  readonly counts: number[];
}

/** What a batch adds to a table of sums: added up here, written with one statement. */
export class RunningSums {
  private readonly rows = new Map<string, Sums>();

  constructor(private readonly table: SumTable) {}

  /** The sums of the row with that key, to be added to. */
  at(...key: readonly (string | number)[]): Sums {
    const text = key.join('/');
    let sums = this.rows.get(text);
    if (!sums) {
      const { amounts, counts } = this.table;
      sums = { key, amounts: amounts.map(() => 0n), counts: counts.map(() => 0) };
      this.rows.set(text, sums);
    }
    return sums;
  }

  async write(client: ClientBase): Promise<void> {
    const rows = [...this.rows.values()];
    if (rows.length === 0) return;
    const { name, key, amounts, counts } = this.table;
    await client.query({
      name: `add-to-${name}`,
      text: upsertInto(this.table),
      values: [
        ...Object.keys(key).map((_, i) => rows.map((row) => row.key[i])),
        ...amounts.map((_, i) => rows.map((row) => row.amounts[i]!.toString())),
        ...counts.map((_, i) => rows.map((row) => row.counts[i])),
      ],
    });
  }
}

function upsertInto({ name, key, amounts, counts }: SumTable): string {
  const sums = [...amounts, ...counts];
  const types = [...Object.values(key), ...amounts.map(() => 'bigint'), ...counts.map(() => 'integer')];
  return `
    insert into ${name} as kept (${[...Object.keys(key), ...sums].join(', ')})
    select * from unnest(${types.map((type, i) => `$${i + 1}::${type}[]`).join(', ')})
    on conflict (${Object.keys(key).join(', ')})
    do update set ${sums.map((sum) => `${sum} = kept.${sum} + excluded.${sum}`).join(', ')}`;
}
