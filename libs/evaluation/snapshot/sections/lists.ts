import { regionContains } from '#libs/kernel/regions.js';
import { listedAsOf } from '#libs/read-models/register/listed-as-of.js';
import type { Section } from './section.js';

/** The annual list 年度重大项目清单 of the year as it stood at its end, and how far its projects had come. */
export const listsSection: Section = {
  name: 'lists',
  async *entries({ moment, region, year, day }) {
    const rows = <T>(sql: string, parameters: unknown[]) => moment.rows<T>(sql, parameters);
    for await (const { id, project } of listedAsOf(rows, year, { asEffectiveOn: day })) {
      const { details, lists, code } = project;
      if (!details.regions.some((division) => regionContains(region, division))) continue;
      const entry = lists.find((list) => list.year === year);
      yield {
        key: `project/${id}`,
        label: details.name,
        figures: {
          list: entry?.title ?? null,
          sequence: entry?.sequence ?? null,
          code,
          category: details.category,
          regions: [...details.regions].sort(),
          totalFen: details.totalInvestmentFen ?? null,
          plannedUse: details.plannedUse ?? null,
          startedOn: project.startedOn,
          acceptedOn: project.accepted?.on ?? null,
          commissionedOn: project.commissionedOn,
        },
      };
    }
  },
};
