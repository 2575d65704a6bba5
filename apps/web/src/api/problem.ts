/** One field that the server did not take, by its pointer in the body (`/amount`) or the name of a parameter. */
export interface FieldFault {
  pointer: string;
  message: string;
}

interface ProblemDocument {
  title?: string;
  detail?: string;
  code?: string;
  details?: Readonly<Record<string, unknown>>;
  errors?: FieldFault[];
}

/**
 * Whatever kept an answer from coming, in the server's own words where it spoke: `message` is the Chinese sentence
 * with the arithmetic, `code` the stable name.
 */
export class ApiProblem extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly status: number | undefined = undefined,
    readonly faults: readonly FieldFault[] = [],
    readonly details: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
    this.name = 'ApiProblem';
  }

  /** Whether the same request may simply be sent again. */
  get passes(): boolean {
    return this.status === undefined || this.status === 503 || this.status === 504;
  }

  /** What the server says of one field, matched by the last part of its pointer: `amount` of `/amount/yuan`. */
  faultOf(field: string): string | undefined {
    return this.faults.find(({ pointer }) => pointer.split('/').includes(field))?.message;
  }
}

/** From an answer that is not a good one. */
export function problemOf(status: number, body: unknown): ApiProblem {
  const { code, detail, title, errors, details } = (
    typeof body === 'object' && body !== null ? body : {}
  ) as ProblemDocument;
  const message = detail ?? title ?? `服务器没有给出可读的答复（${status}）`;
  return new ApiProblem(code ?? 'answer.unreadable', message, status, errors, details);
}

/** From a request that got no answer. */
export function unanswered(timedOut: boolean): ApiProblem {
  return timedOut
    ? new ApiProblem('request.timedOut', '等候答复超时，请稍后重试')
    : new ApiProblem('network.down', '连接不上服务器，请检查网络后重试');
}

export function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError';
}
