import { at, type Answer, type Client } from './client.js';

export const DETAILS = {
  name: '示例1县社会福利院建设项目',
  category: 'ElderlyCare',
  regions: ['990101'],
  place: '示例1县',
  implementingUnits: ['示例1县民政局'],
  totalInvestment: { yuan: '5000000.00' },
  plannedUse: '2026',
  plannedCapacity: { beds: { low: 150, high: 150 }, nursingBeds: { low: 90, high: 90 } },
};
export const ENTRY = { effectiveDate: '2024-01-10', details: DETAILS };

/** 万元 as the API takes it. */
export const wan = (amount: number): { fen: string } => ({ fen: (BigInt(amount) * 1_000_000n).toString() });

export const CENTRAL = { source: 'CentralBudgetInvestment', budgetYear: 2025 };
export const SELF_RAISED = { source: 'SelfRaised', budgetYear: 2025 };
const DOCUMENT = { documentNumber: '示例财建〔2025〕8号' };
const PAPERS: Record<string, Record<string, string>> = {
  applications: DOCUMENT,
  allocations: { ...DOCUMENT, authority: '示例州财政局' },
  disbursements: DOCUMENT,
  receipts: { documentNumber: '进账单2025-031' },
  payments: { payee: '示例建设公司', basisDocument: '施工合同第1期', purpose: '主体工程进度款' },
  recoveries: { documentNumber: '示例回〔2025〕1号', reason: '结余' },
};

/** The finance bureau, which closes years and carries money forward. */
export const FINANCE = {
  'x-taizhang-role': 'Finance',
  'x-taizhang-unit': encodeURIComponent('示例州财政局'),
};

/** A made-up project of 示例州, told fact by fact over HTTP. */
export class Story {
  private constructor(
    private readonly client: Client,
    readonly id: string,
    public position: string,
  ) {}

  static async begin(client: Client, entry: object = ENTRY): Promise<Story> {
    const answer = await client.post('/projects', entry);
    expect(answer).toMatchObject({ status: 201 });
    return new Story(client, at(answer.body, 'projectId') as string, at(answer.body, 'position') as string);
  }

  /** Posts a fact and expects nothing of it. */
  attempt(resource: string, effectiveDate: string, body: object = {}, by = {}): Promise<Answer> {
    return this.client.post(`/projects/${this.id}/${resource}`, { effectiveDate, ...body }, by);
  }

  /** Posts a fact that must be recorded; answers its (first) event's id. */
  async tell(resource: string, effectiveDate: string, body: object = {}, by = {}): Promise<string> {
    const answer = await this.attempt(resource, effectiveDate, body, by);
    expect(answer).toMatchObject({ status: 201, body: { projectId: this.id } });
    this.position = at(answer.body, 'position') as string;
    return at(answer.body, 'events.0.id') as string;
  }

  /** A movement of money with its papers in order, in 2025. */
  money(resource: string, line: object, amount: number): Promise<string> {
    return this.tell(resource, '2025-06-01', this.moneyBody(resource, line, amount));
  }

  attemptMoney(resource: string, line: object, amount: number, more: object = {}): Promise<Answer> {
    return this.attempt(resource, '2025-06-01', { ...this.moneyBody(resource, line, amount), ...more });
  }

  moneyBody(resource: string, line: object, amount: number): object {
    return { ...PAPERS[resource], ...line, amount: wan(amount) };
  }

  async approved(): Promise<this> {
    await this.tell('approvals', '2024-06-01', {
      mode: 'Approval',
      documentNumber: '示例发改审〔2024〕12号',
      authority: '示例州发展改革委',
      approvedTotal: wan(500),
    });
    return this;
  }

  async estimated(): Promise<this> {
    await this.tell('estimates', '2024-09-01', {
      documentNumber: '示例发改〔2024〕9号',
      authority: '示例州发展改革委',
      estimate: wan(500),
    });
    return this;
  }

  async planned(): Promise<this> {
    await this.tell('funding-plan', '2024-10-01', {
      lines: [
        { ...CENTRAL, amount: wan(300) },
        { source: 'SelfRaised', amount: wan(200) },
      ],
    });
    return this;
  }

  async started(): Promise<this> {
    await this.approved();
    await this.estimated();
    await this.planned();
    await this.tell('starts', '2025-03-01');
    return this;
  }

  async accepted(): Promise<this> {
    const capacity = { beds: 150, nursingBeds: 90 };
    await this.tell('acceptances', '2026-05-01', { capacity, documentNumber: '示例验〔2026〕1号' });
    return this;
  }
}

/** A started project of one county that moved central money of 2025 (万元), beside a pooled one of another county. */
export async function startedBesidePooled(client: Client, central: Record<string, number>): Promise<Story> {
  const story = await (await Story.begin(client)).started();
  await Story.begin(client, {
    ...ENTRY,
    details: { ...DETAILS, name: '示例2县养老院', regions: ['990102'] },
  });
  for (const [step, amount] of Object.entries(central)) await story.money(step, CENTRAL, amount);
  return story;
}
