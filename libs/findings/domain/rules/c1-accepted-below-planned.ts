import { CAPACITY_KINDS, type CapacityKind } from '#libs/kernel/capacity.js';
import { DETAILS, detailEvents, firstDay, latestOf } from '../dossier.js';
import { failsBy, notApplicable } from '../outcome.js';
import { percentText } from '#libs/kernel/rational.js';
import type { Rule } from '../rule.js';

const LABELS: Record<CapacityKind, string> = {
  beds: '养老床位',
  nursingBeds: '护理型床位',
  places: '托位',
  inclusivePlaces: '普惠托位',
};

export const c1: Rule = {
  id: 'C1',
  version: 1,
  category: 'capacity',
  subject: 'project',
  severity: 'error',
  title: '验收规模明显小于计划规模',
  basis: '政府投资条例（国务院令第712号）：按批准的建设内容和规模实施',
  reads: [...DETAILS, 'CompletionAccepted'],
  parameters: ['C1.percent'],
  evaluate(dossier, parameters) {
    const accepted = latestOf(dossier, 'CompletionAccepted');
    if (!accepted) return notApplicable('尚未竣工验收');
    const plan = dossier.details?.plannedCapacity ?? {};
    const both = CAPACITY_KINDS.flatMap((kind) => {
      const [planned, actual] = [plan[kind], accepted.data.capacity[kind]];
      return planned && planned.low > 0 && actual !== undefined
        ? [{ kind, planned: planned.low, actual }]
        : [];
    });
    if (both.length === 0) return notApplicable('计划规模或验收规模未知');
    const from = firstDay(accepted);
    const percent = parameters.decimal('C1.percent', from);
    const short = both.filter(
      ({ planned, actual }) => BigInt(actual) * 100n * percent.of < BigInt(planned) * percent.part,
    );
    return failsBy(
      short.map(({ kind, planned, actual }) => {
        const share = percentText(BigInt(actual), BigInt(planned));
        return {
          steps: [{ severity: 'error', from }],
          figures: { kind, accepted: String(actual), planned: String(planned), percent: share },
          events: [accepted.id, ...detailEvents(dossier, 'plannedCapacity')],
          sentence: `${LABELS[kind]}验收 ${actual} ÷ 计划 ${planned} = ${share}%`,
        };
      }),
    );
  },
};
