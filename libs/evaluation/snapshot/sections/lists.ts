import { latestDay } from '#libs/kernel/partial-date.js';
import { regionPrefix } from '#libs/kernel/regions.js';
import type { RegisteredProject } from '#libs/read-models/register/registered-project.js';
import type { Section } from './section.js';

const LISTED = `
  select project_id, shown from read.register_project
  where $1::smallint = any(listed_years)
    and exists (select from unnest(regions) region where starts_with(region, $2))
  order by project_id`;

/** The annual list 年度重大项目清单 of the year, as it stands at the position, and how far its projects had come. */
export const listsSection: Section = {
  name: 'lists',
  label: '年度重大项目清单',
  async *entries({ moment, region, year, day }) {
    const by = (date: string | null | undefined): string | null =>
      date != null && latestDay(date) <= day ? date : null;
    const rows = moment.rows<{ project_id: string; shown: RegisteredProject }>(LISTED, [
      year,
      regionPrefix(region),
    ]);
    for await (const { project_id, shown } of rows) {
      const { details, lists, code } = shown;
      const entry = lists.find((list) => list.year === year);
      yield {
        key: `project/${project_id}`,
        label: details.name,
        figures: {
          list: entry?.title ?? null,
          sequence: entry?.sequence ?? null,
          code,
          category: details.category,
          regions: [...details.regions].sort(),
          totalFen: details.totalInvestmentFen ?? null,
          plannedUse: details.plannedUse ?? null,
          startedOn: by(shown.startedOn),
          acceptedOn: by(shown.accepted?.on),
          commissionedOn: by(shown.commissionedOn),
        },
      };
    }
  },
};
