import { parseMoney } from '#libs/kernel/money.js';
import { isPartialDate } from '#libs/kernel/partial-date.js';
import { Refusal } from '#libs/kernel/refusal.js';
import type { Unit } from '../../parts/amount.js';
import { fieldsOf, type Field, type FactForm } from './fact-forms.js';

/** What stands in the form: text by field; capacity and repayment have one a part, a plan one row a source line. */
export type Entered = Record<string, string>;

export type PlanRow = Record<
  'source' | 'level' | 'budgetYear' | 'amount' | 'lotteryPurpose' | keyof typeof REPAYMENT_LABELS,
  string
>;

export const blankPlanRow = (): PlanRow => ({
  ...{ source: '', level: '', budgetYear: '', amount: '', lotteryPurpose: '' },
  ...{ repaymentDocument: '', repaymentMaturity: '', repaymentBond: '' },
});

export interface FilledForm {
  values: Entered;
  plan: readonly PlanRow[];
}

/** Either the body to send or, by field, why it is not one yet. */
export interface Checked {
  body: Record<string, unknown> | undefined;
  faults: Readonly<Record<string, string>>;
}

export const CAPACITY_LABELS = {
  beds: '养老床位（张）',
  nursingBeds: '其中护理型床位（张）',
  places: '托位（个）',
  inclusivePlaces: '其中普惠托位（个）',
} as const;

export const REPAYMENT_LABELS = {
  repaymentDocument: '还本付息计划文号',
  repaymentMaturity: '到期日',
  repaymentBond: '债券名称（可不填）',
} as const;

const MISSING = '请填写';

/** The amount as the API takes it. @throws Refusal for what is no amount */
export function amountOf(text: string, unit: Unit): { fen: string } {
  return { fen: parseMoney(text, unit).toString() };
}

/** Checks shape only: what the facts allow, the server says. */
export function checkForm(form: FactForm, { values, plan }: FilledForm, unit: Unit): Checked {
  const faults: Record<string, string> = {};
  const body: Record<string, unknown> = {};
  const date: Field = { name: 'effectiveDate', label: form.dated, kind: 'date' };
  for (const field of [date, ...fieldsOf(form, values)]) {
    try {
      const value = valueOf(field, values, plan, unit);
      if (value !== undefined) body[field.name] = value;
      else if (!field.optional) faults[field.name] = MISSING;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      faults[field.name] = error.message;
    }
  }
  return { body: Object.keys(faults).length === 0 ? body : undefined, faults };
}

function valueOf(field: Field, values: Entered, plan: readonly PlanRow[], unit: Unit): unknown {
  if (field.kind === 'plan') return linesOf(plan, unit);
  if (field.kind === 'capacity') return capacityOf(values);
  if (field.kind === 'repayment') return repaymentOf(values);
  const text = (values[field.name] ?? '').trim();
  if (text === '') return undefined;
  switch (field.kind) {
    case 'amount':
      return amountOf(text, unit);
    case 'date':
      if (!isPartialDate(text)) throw fault('应为存在的日期，写成 2023、2023-05 或 2023-05-17');
      return text;
    case 'year':
    case 'whole':
      return wholeOf(text);
    case 'choice':
    case 'long':
    case 'month':
    case 'percent':
    case 'text':
      return text;
  }
}

function capacityOf(values: Entered): Record<string, number> | undefined {
  const known = Object.keys(CAPACITY_LABELS).flatMap((kind) => {
    const text = (values[kind] ?? '').trim();
    return text === '' ? [] : [[kind, wholeOf(text)] as const];
  });
  return known.length > 0 ? Object.fromEntries(known) : undefined;
}

/** Nothing where nothing is said: whether it must be, the server says. */
function repaymentOf(values: Readonly<Record<string, string>>): Record<string, string> | undefined {
  const [documentNumber, maturity, bondName] = (
    ['repaymentDocument', 'repaymentMaturity', 'repaymentBond'] as const
  ).map((part) => (values[part] ?? '').trim());
  if (!documentNumber && !maturity && !bondName) return undefined;
  if (!documentNumber || !maturity) throw fault('还本付息计划要有文号和到期日');
  if (!isPartialDate(maturity)) throw fault('到期日应为存在的日期，写成 2040、2040-06 或 2040-06-30');
  return { documentNumber, maturity, ...(bondName && { bondName }) };
}

function linesOf(plan: readonly PlanRow[], unit: Unit): unknown[] | undefined {
  const rows = plan.filter(({ source, amount }) => source !== '' || amount !== '');
  if (rows.length === 0) return undefined;
  return rows.map((row) => {
    const { source, level, budgetYear, amount, lotteryPurpose } = row;
    if (source === '' || amount === '') throw fault('每行都要有来源和金额');
    const isLottery = source === 'WelfareLotteryFund';
    const repaymentPlan = source === 'LocalSpecialBond' ? repaymentOf(row) : undefined;
    return {
      source,
      ...(isLottery && level && { level }),
      ...(isLottery && lotteryPurpose && { lotteryPurpose }),
      ...(repaymentPlan && { repaymentPlan }),
      ...(budgetYear && { budgetYear: wholeOf(budgetYear) }),
      amount: amountOf(amount, unit),
    };
  });
}

function wholeOf(text: string): number {
  if (!/^\d{1,8}$/u.test(text)) throw fault(`“${text}”应为整数`);
  return Number(text);
}

const fault = (message: string): Refusal => new Refusal('form.field', message, {});
