import { exactly, type ActualCapacity, type PlannedCapacity } from '#libs/kernel/capacity.js';
import { regionName, type RegionCode } from '#libs/kernel/regions.js';
import type { ProjectDetails } from '#libs/projects/domain/events.js';
import type { ProjectCategory } from '#libs/projects/domain/vocabulary.js';
import type { Random } from './random.js';

const WAN_FEN = 1_000_000n;

const KINDS = [
  { category: 'ElderlyCare', title: '颐养院', unit: '民政局', beds: true, places: false },
  { category: 'ElderlyCare', title: '社区养老服务点', unit: '民政局', beds: true, places: false },
  { category: 'Childcare', title: '托育园', unit: '卫生健康局', beds: false, places: true },
  { category: 'MedicalElderlyCare', title: '医养结合中心', unit: '卫生健康局', beds: true, places: false },
  { category: 'MedicalElderlyCare', title: '老幼综合服务楼', unit: '卫生健康局', beds: true, places: true },
] as const satisfies readonly {
  category: ProjectCategory;
  title: string;
  unit: string;
  beds: boolean;
  places: boolean;
}[];

/** What a made-up project is: its list entry and what will really be built. Everything says 示例. */
export interface Profile {
  details: ProjectDetails;
  totalFen: bigint;
  builtCapacity: ActualCapacity;
}

export function drawProfile(random: Random, county: RegionCode, poolYear: number, sequence: number): Profile {
  const kind = random.pick(KINDS);
  const name = regionName(county);
  const totalFen = BigInt(random.int(50, 6000)) * WAN_FEN;
  const beds = kind.beds ? random.int(3, 40) * 10 : 0;
  const places = kind.places ? random.int(2, 20) * 10 : 0;
  const details: ProjectDetails = {
    name: `${name}示例${kind.title}${poolYear}-${sequence}号项目`,
    category: kind.category,
    regions: random.chance(4) ? [county, neighbourOf(county)] : [county],
    place: `${name}示例${random.int(1, 20)}乡`,
    scope: scopeOf(beds, places, random),
    implementingUnits: [`${name}示例${kind.unit}`],
    constructionNature: random.pick(['New', 'New', 'Expansion', 'Reconstruction', 'Relocation']),
    plannedStart: `${poolYear + 1}`,
    plannedUse: `${poolYear + 2}`,
    totalInvestmentFen: totalFen.toString(),
    plannedCapacity: random.chance(12) ? {} : plannedCapacity(beds, places, random),
    floorAreaM2: String(random.int(3, 90) * 100),
  };
  if (kind.beds) details.bedScope = kind.title.startsWith('社区') ? 'community' : 'institution';
  return { details, totalFen, builtCapacity: builtCapacity(beds, places) };
}

function neighbourOf(county: RegionCode): RegionCode {
  const number = (Number(county.slice(4)) % 99) + 1;
  return `${county.slice(0, 4)}${String(number).padStart(2, '0')}`;
}

function scopeOf(beds: number, places: number, random: Random): string {
  const parts = [beds > 0 ? `床位${beds}张` : '', places > 0 ? `托位${places}个` : ''].filter(Boolean);
  return `示例建设内容:${parts.join(',')},配套用房${random.int(1, 9)}处`;
}

function plannedCapacity(beds: number, places: number, random: Random): PlannedCapacity {
  const planned: PlannedCapacity = {};
  if (beds > 0) {
    planned.beds = random.chance(15) ? { low: beds, high: beds * 2 } : exactly(beds);
    planned.nursingBeds = exactly(Math.floor(beds / 2));
  }
  if (places > 0) {
    planned.places = exactly(places);
    planned.inclusivePlaces = exactly(Math.floor((places * 4) / 5));
  }
  return planned;
}

function builtCapacity(beds: number, places: number): ActualCapacity {
  return {
    ...(beds > 0 && { beds, nursingBeds: Math.floor(beds / 2) }),
    ...(places > 0 && { places, inclusivePlaces: Math.floor((places * 4) / 5) }),
  };
}
