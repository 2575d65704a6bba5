import { Type } from 'typebox';
import { PlanShape, Region, value } from './plans.js';
import { Id, Labelled, nullable, object, PositionShape, Whole, Word } from './shapes.js';

const MaybeWord = nullable(Word);

export const PlanRecordedShape = object({
  outcome: Type.Enum(['recorded', 'repeated', 'unchanged']),
  planId: Word,
  revision: Whole,
  position: nullable(PositionShape),
  events: Type.Array(object({ id: Id, type: Word })),
});

export const PlanYearsShape = object({
  plan: PlanShape,
  from: Whole,
  to: Whole,
  indicators: Type.Array(
    object({
      indicator: object({
        id: Word,
        version: Whole,
        name: Word,
        unit: Word,
        direction: Type.Enum(['up', 'down']),
      }),
      region: Region,
      years: Type.Array(
        object({
          year: Whole,
          targets: Type.Array(
            object({
              eventId: Id,
              printed: Word,
              locator: Word,
              attribute: nullable(Labelled),
              verdict: Labelled,
              onlyRounded: Type.Boolean(),
            }),
          ),
          actual: nullable(object(value)),
          explanation: MaybeWord,
          why: MaybeWord,
          change: nullable(object({ exact: Word, printed: Word })),
        }),
      ),
    }),
  ),
});
