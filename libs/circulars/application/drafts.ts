import type { DataSource } from 'typeorm';
import type { Actor } from '#libs/projects/domain/envelope.js';
import type { Paragraph } from '../domain/events.js';
import { refuse } from '../domain/refusal-codes.js';
import { DRAFT_TEXT } from '../domain/template.js';

export interface DraftText {
  /** 0: nobody has changed the template's text. */
  revision: number;
  paragraphs: readonly Paragraph[];
}

/** The texts that people are working on. A table and no events: a draft is nobody's fact until it is issued. */
export class Drafts {
  constructor(private readonly database: DataSource) {}

  async read(region: string, period: string): Promise<DraftText> {
    const [found] = await this.database.query<DraftText[]>(
      'select revision, paragraphs from sealed.circular_draft where region = $1 and period = $2',
      [region, period],
    );
    return found ?? { revision: 0, paragraphs: DRAFT_TEXT };
  }

  /** @param expected the revision that was edited @throws Refusal `circular.draftChanged` */
  async save(
    region: string,
    period: string,
    expected: number,
    paragraphs: readonly Paragraph[],
    actor: Actor,
  ): Promise<number> {
    const rows = await this.database.query<{ revision: number }[]>(
      `insert into sealed.circular_draft as d (region, period, revision, paragraphs, actor)
       select $1::text, $2::text, 1, $4::jsonb, $5::jsonb where $3::integer = 0
         or exists (select from sealed.circular_draft where region = $1 and period = $2)
       on conflict (region, period) do update
         set revision = d.revision + 1, paragraphs = excluded.paragraphs, actor = excluded.actor,
           saved_at = clock_timestamp()
         where d.revision = $3
       returning revision`,
      [region, period, expected, JSON.stringify(paragraphs), JSON.stringify(actor)],
    );
    const [saved] = rows;
    if (saved) return saved.revision;
    const { revision } = await this.read(region, period);
    return refuse(
      'circular.draftChanged',
      `草稿已是第 ${revision} 稿，而不是第 ${expected} 稿，请重新打开后再改`,
      {
        expected,
        revision,
      },
    );
  }
}
