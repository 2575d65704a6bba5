import { printYuan } from '#libs/kernel/money.js';
import { ESTIMATE, estimateOf, factsOf, firstDay } from '../dossier.js';
import { failsBy, notApplicable, type Severity } from '../outcome.js';
import { percentText } from '#libs/kernel/rational.js';
import type { Rule } from '../rule.js';

const LIMITS: readonly [Severity, string][] = [
  ['warning', 'M1.warningPercent'],
  ['error', 'M1.errorPercent'],
  ['critical', 'M1.reapprovalPercent'],
];

export const m1: Rule = {
  id: 'M1',
  version: 1,
  category: 'money',
  subject: 'project',
  severity: 'critical',
  title: '完成投资接近或超过概算',
  basis: '政府投资条例（国务院令第712号）第二十三条：投资额原则上不得超过经核定的投资概算',
  reads: [...ESTIMATE, 'ProgressReported'],
  parameters: LIMITS.map(([, name]) => name),
  evaluate(dossier, parameters) {
    const estimate = estimateOf(dossier);
    if (!estimate) return notApplicable('概算未核定');
    const reports = factsOf(dossier, 'ProgressReported');
    if (reports.length === 0) return notApplicable('没有进度月报');
    let completed = 0n;
    const since = new Map<Severity, string>();
    for (const report of reports) {
      completed += BigInt(report.data.completedFen);
      for (const [severity, name] of LIMITS) {
        const limit = parameters.decimal(name, firstDay(report));
        const over = completed * 100n * limit.of > estimate.fen * limit.part;
        if (over && !since.has(severity)) since.set(severity, firstDay(report));
      }
    }
    const steps = [...since].map(([severity, from]) => ({ severity, from }));
    if (steps.length === 0) return failsBy([]);
    const percent = percentText(completed, estimate.fen);
    const reapprove = since.has('critical') ? '，须重新报批概算' : '';
    return failsBy([
      {
        steps,
        figures: { completedFen: completed.toString(), estimateFen: estimate.fen.toString(), percent },
        events: [estimate.id, ...reports.map(({ id }) => id)],
        sentence: `累计完成投资 ${printYuan(completed)} 元 ÷ 概算 ${printYuan(estimate.fen)} 元 = ${percent}%${reapprove}`,
      },
    ]);
  },
};
