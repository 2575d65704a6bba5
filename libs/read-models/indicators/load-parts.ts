import type { RegionCode } from '#libs/kernel/regions.js';
import type { IndicatorDefinition } from '#libs/plans/domain/indicators/definitions.js';
import { quantity, type QuantityId } from '#libs/plans/domain/indicators/quantities.js';
import { annualFigures } from '../statistics/annual-figures.js';
import { capacityParts } from './capacity-parts.js';
import { FigureBook, missing } from './figure-book.js';
import { ledgerParts } from './ledger-parts.js';
import type { Part, PartFinder, PartScope } from './part.js';
import { projectParts } from './project-parts.js';

/** The parts that the definitions are made of, for every region and year. */
export async function loadParts(
  scope: Omit<PartScope, 'quantities'>,
  definitions: readonly Pick<IndicatorDefinition, 'numerator' | 'denominator'>[],
): Promise<(id: QuantityId, region: RegionCode, year: number) => Part> {
  const quantities = new Set(
    definitions.flatMap(({ numerator, denominator }) => [numerator, ...(denominator ? [denominator] : [])]),
  );
  const whole: PartScope = { ...scope, quantities };
  const reported = await annualFigures(whole.database, whole.regions, whole.asOf);
  const figures = await FigureBook.open(whole, reported);
  const finders: PartFinder[] = [
    figures.parts,
    await capacityParts(whole, figures),
    await projectParts(whole),
    await ledgerParts(whole),
  ];
  return (id, region, year) => {
    for (const find of finders) {
      const part = find(id, region, year);
      if (part) return part;
    }
    return missing(`没有登记${quantity(id).label}`);
  };
}
