/**
 * The Idempotency-Key of a form: the same content keeps its key, so that a second click, or a second try after the
 * network was lost, is recorded once; other content is another fact.
 */
export class FormKey {
  private content: string | undefined;
  private key = '';

  constructor(private readonly make: () => string) {}

  for(body: unknown): string {
    const content = JSON.stringify(body);
    if (content !== this.content) [this.content, this.key] = [content, this.make()];
    return this.key;
  }
}

/** Refusals of what some money is tied to, at the field that says it. */
const EARMARKS: Readonly<Record<string, string>> = {
  'funds.levelMissing': 'level',
  'funds.purposeMissing': 'lotteryPurpose',
  'funds.purposeNotForSource': 'lotteryPurpose',
  'funds.repaymentPlanMissing': 'repaymentPlan',
  'funds.repaidBeforeIssue': 'repaymentPlan',
  'plan.reasonRequired': 'reason',
};

/** Which field a refusal without a pointer belongs to, by its code; undefined: to the form as a whole. */
export function fieldOfRefusal(code: string, fields: readonly string[]): string | undefined {
  const given = (...names: (string | undefined)[]) => fields.find((name) => names.includes(name));
  const earmark = given(EARMARKS[code]);
  if (earmark) return earmark;
  const amount = given('amount', 'approvedTotal', 'estimate', 'completed', 'final', 'lines');
  const [family] = code.split('.');
  if (family === 'funds' || family === 'amount' || family === 'money' || family === 'estimate') return amount;
  if (family === 'plan') return given('lines');
  if (family === 'date') return 'effectiveDate';
  if (family === 'capacity') return given('capacity');
  return family === 'year' ? given('budgetYear', 'year') : undefined;
}
