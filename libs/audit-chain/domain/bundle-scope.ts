import { regionContains, isRegionCode, type RegionCode } from '#libs/kernel/regions.js';
import { ANCHOR_STREAM } from './anchor-events.js';

export interface BundleScope {
  readonly region?: RegionCode;
  /** Facts with a business date after this year are withheld. */
  readonly year?: number;
}

const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/u;
const REGION = /(?:^|-)(\d{6})(?:-|$)/u;

/**
 * Whether an event belongs to the scope: to a stream of one of the region's projects, or of the region itself (plan,
 * evaluation, circular, statistics), and not after the year. Anchors always do.
 */
export function inScope(
  { stream, metadata }: { stream: string; metadata: { readonly effectiveDate?: unknown } },
  { region, year }: BundleScope,
  projectIds: ReadonlySet<string>,
): boolean {
  if (stream === ANCHOR_STREAM) return true;
  const { effectiveDate } = metadata;
  if (year !== undefined && typeof effectiveDate === 'string' && effectiveDate.slice(0, 4) > String(year)) {
    return false;
  }
  if (region === undefined) return true;
  const [id] = UUID.exec(stream) ?? [];
  if (id !== undefined) return projectIds.has(id);
  const code = REGION.exec(stream)?.[1];
  return code !== undefined && isRegionCode(code) && regionContains(region, code);
}
