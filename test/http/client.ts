/** The actor of the tests, from the made-up prefecture. */
export const ACTOR: Readonly<Record<string, string>> = {
  'x-taizhang-user': 'demo',
  'x-taizhang-unit': encodeURIComponent('示例州发展改革委'),
  'x-taizhang-role': 'DevelopmentReform',
  'x-taizhang-region': '990100',
};

/** Parsed JSON, read by the tests with a path: `at(body, 'total.amounts.paid.fen')`. */
export type JsonValue = null | boolean | number | string | JsonValue[] | { [key: string]: JsonValue };

export interface Answer {
  status: number;
  headers: Headers;
  body: JsonValue;
}

type Init = Omit<RequestInit, 'headers' | 'body'> & {
  headers?: Record<string, string | undefined>;
  json?: unknown;
  body?: string | FormData | Uint8Array<ArrayBuffer>;
};

/** A client of one server, through real sockets. */
export class Client {
  constructor(
    readonly url: string,
    private readonly prefix = '/api/v1',
  ) {}

  get(path: string): Promise<Answer> {
    return this.send(this.prefix + path, { method: 'GET' });
  }

  /** Writes as the test actor; a header set to undefined is left out. */
  post(path: string, json: unknown, headers: Record<string, string | undefined> = {}): Promise<Answer> {
    return this.send(this.prefix + path, { method: 'POST', json, headers: { ...ACTOR, ...headers } });
  }

  async send(path: string, { json, headers = {}, ...init }: Init): Promise<Answer> {
    const given = Object.entries(headers).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    );
    const sent = new Headers(given);
    if (json !== undefined) sent.set('content-type', 'application/json');
    const body = json === undefined ? {} : { body: JSON.stringify(json) };
    const response = await fetch(this.url + path, { ...init, ...body, headers: sent });
    const text = await response.text();
    const isJson = /\bjson\b/u.test(response.headers.get('content-type') ?? '');
    return {
      status: response.status,
      headers: response.headers,
      body: isJson ? (JSON.parse(text) as JsonValue) : text,
    };
  }
}

/** The value at a dotted path; undefined where there is none. */
export function at(value: JsonValue, path: string): JsonValue | undefined {
  return path
    .split('.')
    .reduce<JsonValue | undefined>(
      (inner, key) =>
        typeof inner === 'object' && inner !== null ? (inner as Record<string, JsonValue>)[key] : undefined,
      value,
    );
}
