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

/** Which field a refusal without a pointer belongs to, by its code; undefined: to the form as a whole. */
export function fieldOfRefusal(code: string, fields: readonly string[]): string | undefined {
  const amount = fields.find((name) =>
    ['amount', 'approvedTotal', 'estimate', 'completed', 'final'].includes(name),
  );
  const [family] = code.split('.');
  if (family === 'funds' || family === 'amount' || family === 'money' || family === 'estimate') return amount;
  if (family === 'date') return 'effectiveDate';
  if (family === 'capacity') return fields.find((name) => name === 'capacity');
  return family === 'year' ? fields.find((name) => name === 'budgetYear' || name === 'year') : undefined;
}
