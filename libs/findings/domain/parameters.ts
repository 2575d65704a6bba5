import type { Day } from './days.js';
import { fromDecimal, type Rational } from '#libs/kernel/rational.js';

/** A threshold and the day from which it holds, with where it comes from. Values are exact text. */
export interface Parameter {
  name: string;
  from: Day;
  value: string | readonly string[];
  source: string;
}

/** The values of a rule set on any day: the latest that had begun by then, or the first one for days before all. */
export class Parameters {
  private readonly values = new Map<string, Parameter[]>();

  constructor(parameters: readonly Parameter[]) {
    for (const parameter of parameters.toSorted((a, b) => (a.from < b.from ? -1 : 1))) {
      const dated = this.values.get(parameter.name);
      if (dated) dated.push(parameter);
      else this.values.set(parameter.name, [parameter]);
    }
  }

  has(name: string): boolean {
    return this.values.has(name);
  }

  on(name: string, day: Day): Parameter {
    const dated = this.values.get(name);
    if (!dated) throw new Error(`the rule set has no parameter ${name}`);
    return dated.findLast(({ from }) => from <= day) ?? dated[0]!;
  }

  whole(name: string, day: Day): number {
    return Number(this.text(name, day));
  }

  fen(name: string, day: Day): bigint {
    return BigInt(this.text(name, day));
  }

  decimal(name: string, day: Day): Rational {
    const [part = '', of = '1'] = this.text(name, day).split('/');
    const [above, below] = [fromDecimal(part), fromDecimal(of)];
    return { part: above.part * below.of, of: above.of * below.part };
  }

  list(name: string, day: Day): readonly string[] {
    const { value } = this.on(name, day);
    return typeof value === 'string' ? [value] : value;
  }

  text(name: string, day: Day): string {
    const { value } = this.on(name, day);
    if (typeof value !== 'string') throw new Error(`parameter ${name} is a list`);
    return value;
  }
}
