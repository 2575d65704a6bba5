import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { DataSource } from 'typeorm';
import { isRegionCode, isSampleRegion, regionName, type RegionCode } from '#libs/kernel/regions.js';
import { RegionsInUseQuery } from './queries.js';

const REGIONS = 'select distinct region from read.register_project, unnest(regions) region';

@QueryHandler(RegionsInUseQuery)
export class RegionsInUseHandler implements IQueryHandler<RegionsInUseQuery> {
  constructor(private readonly database: DataSource) {}

  async execute(): Promise<{ items: { code: RegionCode; name: string }[] }> {
    const rows = await this.database.query<{ region: RegionCode }[]>(REGIONS);
    const codes = new Set(rows.flatMap(({ region }) => divisionsAround(region)));
    return {
      items: [...codes]
        .filter(isRegionCode)
        .sort()
        .map((code) => ({ code, name: regionName(code) })),
    };
  }
}

/** Province, prefecture and the division itself; the made-up prefecture lies in no province. */
function divisionsAround(code: RegionCode): RegionCode[] {
  const province = isSampleRegion(code) ? [] : [`${code.slice(0, 2)}0000`];
  return [...province, `${code.slice(0, 4)}00`, code];
}
