import { blankPlanRow, checkForm, type Entered, type PlanRow } from './fact-body.js';
import { FACT_FORMS, fieldsOf, type FactForm } from './fact-forms.js';

const check = (
  form: FactForm,
  values: Entered,
  plan: readonly PlanRow[] = [],
  unit: '万元' | '元' = '万元',
) => checkForm(form, { values, plan }, unit);

describe('checkForm', () => {
  const payment = {
    effectiveDate: '2025-06-01',
    source: 'SelfRaised',
    budgetYear: '2025',
    amount: '12.345678',
    payee: '示例建设公司',
    basisDocument: '合同1',
    purpose: '主体工程',
  };

  it('makes the body that the API takes, exact to the fen', () => {
    const { body, faults } = check(FACT_FORMS.payment, payment);
    expect(faults).toEqual({});
    expect(body).toEqual({
      effectiveDate: '2025-06-01',
      source: 'SelfRaised',
      budgetYear: 2025,
      amount: { fen: '12345678' },
      payee: '示例建设公司',
      basisDocument: '合同1',
      purpose: '主体工程',
    });
  });

  it('reads amounts in the unit of the screen, and a unit typed with them wins', () => {
    expect(check(FACT_FORMS.payment, payment, [], '元').faults['amount']).toContain('小于一分');
    const typed = check(FACT_FORMS.payment, { ...payment, amount: '3,000元' });
    expect(typed.body).toMatchObject({ amount: { fen: '300000' } });
  });

  it('says by field what is missing or unreadable, and sends nothing', () => {
    const { body, faults } = check(FACT_FORMS.payment, {
      ...payment,
      effectiveDate: '2025-02-30',
      payee: ' ',
      amount: '一',
    });
    expect(body).toBeUndefined();
    expect(Object.keys(faults).toSorted()).toEqual(['amount', 'effectiveDate', 'payee']);
  });

  it('leaves an unknown capacity out instead of saying zero', () => {
    const form = FACT_FORMS.commissioning;
    const { body } = check(form, { effectiveDate: '2026', beds: '150', nursingBeds: '' });
    expect(body).toEqual({ effectiveDate: '2026', capacity: { beds: 150 } });
    expect(check(form, { effectiveDate: '2026' }).faults).toEqual({ capacity: '请填写' });
  });

  it('reads a plan row by row, blank rows aside', () => {
    const blank = blankPlanRow();
    const rows = [{ ...blank, source: 'SelfRaised', amount: '200' }, blank];
    expect(check(FACT_FORMS.plan, { effectiveDate: '2024-10-01' }, rows).body).toEqual({
      effectiveDate: '2024-10-01',
      lines: [{ source: 'SelfRaised', amount: { fen: '200000000' } }],
    });
    const half = [{ ...blank, source: 'SelfRaised' }];
    expect(check(FACT_FORMS.plan, { effectiveDate: '2024' }, half).faults).toHaveProperty('lines');
  });
});

describe('what money is tied to', () => {
  const names = (form: FactForm, source: string) => fieldsOf(form, { source }).map(({ name }) => name);
  const lottery = { source: 'WelfareLotteryFund', level: 'central', lotteryPurpose: 'ElderlyWelfare' };
  const bond = {
    ...{ source: 'LocalSpecialBond', repaymentDocument: '示例财债〔2025〕3号' },
    ...{ repaymentMaturity: '2040-06', repaymentBond: '' },
  };
  const allocation = {
    ...{
      effectiveDate: '2025-06-01',
      budgetYear: '2025',
      amount: '1',
      documentNumber: '1号',
      authority: '局',
    },
    ...lottery,
  };

  it('is asked for where the source asks for it, and nowhere else', () => {
    const { application, allocation: form, disbursement, receipt, payment } = FACT_FORMS;
    for (const fund of [application, form, receipt, payment]) {
      expect(names(fund, 'WelfareLotteryFund')).toEqual(expect.arrayContaining(['level', 'lotteryPurpose']));
    }
    expect(names(disbursement, 'WelfareLotteryFund')).not.toContain('lotteryPurpose');
    expect(names(form, 'LocalSpecialBond')).toContain('repaymentPlan');
    expect(names(receipt, 'LocalSpecialBond')).not.toContain('repaymentPlan');
    for (const fund of [application, form, disbursement, receipt, payment]) {
      const usual = names(fund, 'CentralBudgetInvestment');
      expect(usual.filter((name) => ['level', 'lotteryPurpose', 'repaymentPlan'].includes(name))).toEqual([]);
    }
  });

  it('is not sent with money of another source, whatever was chosen before', () => {
    expect(check(FACT_FORMS.allocation, allocation).body).toMatchObject(lottery);
    const other = check(FACT_FORMS.allocation, { ...allocation, ...bond, source: 'CountyFiscal' }).body!;
    expect(Object.keys(other)).not.toEqual(expect.arrayContaining(['level']));
    expect(other).not.toHaveProperty('lotteryPurpose');
    expect(other).not.toHaveProperty('repaymentPlan');
  });

  it('is a repayment plan with document and maturity, or none at all', () => {
    const checked = (values: Entered) => check(FACT_FORMS.allocation, { ...allocation, ...bond, ...values });
    expect(checked({}).body).toMatchObject({
      repaymentPlan: { documentNumber: '示例财债〔2025〕3号', maturity: '2040-06' },
    });
    expect(checked({ repaymentMaturity: '' }).faults).toEqual({
      repaymentPlan: '还本付息计划要有文号和到期日',
    });
    expect(checked({ repaymentMaturity: '2040-13' }).faults['repaymentPlan']).toContain('到期日应为');
    expect(checked({ repaymentMaturity: '', repaymentDocument: '' }).body).not.toHaveProperty(
      'repaymentPlan',
    );
  });
});

it('knows every fact of the API that a person records by hand', () => {
  const resources = Object.values(FACT_FORMS).map(({ resource }) => resource);
  expect(new Set(resources).size).toBe(resources.length);
});
