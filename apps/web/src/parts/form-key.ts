/**
 * The Idempotency-Key of a form: the same content keeps its key, so that a second click, or a second try after the
 * network was lost, is recorded once; other content is another fact.
 */
export class FormKey {
  private content: string | undefined;
  private key = '';

  constructor(private readonly make: () => string = () => crypto.randomUUID()) {}

  for(body: unknown): string {
    const content = JSON.stringify(body);
    if (content !== this.content) [this.content, this.key] = [content, this.make()];
    return this.key;
  }
}
