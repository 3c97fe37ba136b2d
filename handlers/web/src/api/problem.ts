/** What is wrong with one field of what was sent: where (RFC 6901), and why. */
export interface FieldProblem {
  pointer: string;
  code: string;
  message: string;
}

/** The members of a problem (RFC 9457) that are looked at; which others there are depends on its code. */
interface ProblemBody {
  code?: unknown;
  detail?: unknown;
  request_id?: unknown;
  errors?: unknown;
  replaced_by?: unknown;
}

/** A call that did not succeed. `code` is stable and made for programs, the message for people. */
export class ApiProblem extends Error {
  override readonly name = "ApiProblem";
  /** HTTP's; 0 where no answer came. */
  readonly status: number;
  /** The server's, or `unreachable` where no answer came. */
  readonly code: string;
  /** What to name when asking the operators about it. */
  readonly requestId: string | null;
  /** What is wrong with which field; empty unless the status is 422. */
  readonly errors: readonly FieldProblem[];
  /** Seconds to wait before trying again, where the server says. */
  readonly retryAfter: number | null;
  /** The ref of the invite that took this one's place, where that is the reason. */
  readonly replacedBy: string | null;

  constructor(status: number, body: unknown, retryAfter: number | null = null) {
    const b: ProblemBody = typeof body === "object" && body !== null ? body : {};
    super(typeof b.detail === "string" ? b.detail : `HTTP status ${status}`);
    this.status = status;
    this.code = typeof b.code === "string" ? b.code : "http_error";
    this.requestId = typeof b.request_id === "string" ? b.request_id : null;
    this.errors = Array.isArray(b.errors) ? (b.errors as FieldProblem[]) : [];
    this.retryAfter = retryAfter;
    this.replacedBy = typeof b.replaced_by === "string" ? b.replaced_by : null;
  }

  /** No answer came: whether the call was carried out is not known. */
  static unreachable(): ApiProblem {
    return new ApiProblem(0, { code: "unreachable", detail: "The server could not be reached." });
  }

  /** Of an answer that is no success. */
  static of(response: Response, body: unknown): ApiProblem {
    const wait = Number(response.headers.get("Retry-After") ?? "");
    return new ApiProblem(response.status, body, Number.isFinite(wait) && wait > 0 ? wait : null);
  }
}
