import { idFor } from '#libs/kernel/ids.js';
import { formerNamesIn, type RegionCode } from '#libs/kernel/regions.js';
import { squeeze } from '#libs/kernel/text.js';
import type { ListRow } from '../project-list/list-row.js';
import type { ProjectIdentity } from './known-projects.js';

/** A row that can be matched, with the title of its list. */
export interface MatchableRow {
  title: string;
  row: ListRow & { details: NonNullable<ListRow['details']> };
}

/** The parts of a key cannot run into each other. */
const join = (...parts: readonly string[]) => JSON.stringify(parts);

/** Spells what identifies a project, so that spaces, quotes and the former name of a county make no difference. */
export class IdentityKeys {
  private readonly renames: readonly { from: string; to: string }[];

  constructor(private readonly region: RegionCode) {
    this.renames = formerNamesIn(region).map(({ formerName, name }) => ({ from: formerName!, to: name }));
  }

  name(text: string): string {
    let name = squeeze(text).replace(/["“”'‘’「」『』]/gu, '"');
    for (const { from, to } of this.renames) name = name.replaceAll(from, to);
    return name;
  }

  exact(name: string, place: string, units: readonly string[]): string {
    return join(this.name(name), this.name(place), this.units(units));
  }

  listed(name: string, title: string, sequence: number): string {
    return join(this.name(name), squeeze(title), String(sequence));
  }

  nameAndUnits(name: string, units: readonly string[], title: string): string {
    return join(this.name(name), this.units(units), squeeze(title));
  }

  /** Where a project stands in a list, whatever it is called. */
  stands(
    project: Pick<ProjectIdentity, 'place' | 'implementingUnits'>,
    title: string,
    sequence: number,
  ): string {
    const { place, implementingUnits } = project;
    return join(this.name(place), this.units(implementingUnits), squeeze(title), String(sequence));
  }

  /** The id a row's project gets when it is new: the same for two imports of one file at the same time. */
  newProjectId({ title, row }: MatchableRow, occurrence: number): string {
    const { name, place } = row.details;
    return idFor(
      'project',
      this.region,
      squeeze(title),
      this.name(name),
      this.name(place),
      String(occurrence),
    );
  }

  private units(units: readonly string[]): string {
    return [...units]
      .map((unit) => this.name(unit))
      .sort()
      .join('、');
  }
}
