/** An error in one field of the request: where (RFC 6901), and why. */
export interface FieldProblem {
  pointer: string;
  code: string;
  message: string;
}

/** The members of a problem (RFC 9457) that we use. Its code decides which others there are. */
interface ProblemBody {
  code?: unknown;
  detail?: unknown;
  request_id?: unknown;
  errors?: unknown;
  replaced_by?: unknown;
}

/** A call that failed. `code` is stable and for programs; the message is for people. */
export class ApiProblem extends Error {
  override readonly name = "ApiProblem";
  /** The HTTP status; 0 if no answer came, or nothing was asked. */
  readonly status: number;
  /** The server's code; `unreachable` if no answer came; `no_token` if there was no token to ask with. */
  readonly code: string;
  /** The id to give to operators. */
  readonly requestId: string | null;
  /** The errors of fields; empty unless the status is 422. */
  readonly errors: readonly FieldProblem[];
  /** Seconds to wait before trying again, if the server says so. */
  readonly retryAfter: number | null;
  /** The ref of the invite that replaced this one, if that is the reason. */
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

  /** No answer came, so it is unknown whether the call was carried out. */
  static unreachable(): ApiProblem {
    return new ApiProblem(0, { code: "unreachable", detail: "The server could not be reached." });
  }

  /** The caller's own function gave no token, so nothing was asked. Its error is the `cause`. */
  static withoutToken(cause: unknown): ApiProblem {
    const problem = new ApiProblem(0, { code: "no_token", detail: "There is no token to ask with." });
    problem.cause = cause;
    return problem;
  }

  /** For an answer that is not a success. */
  static of(response: Response, body: unknown): ApiProblem {
    const wait = Number(response.headers.get("Retry-After") ?? "");
    return new ApiProblem(response.status, body, Number.isFinite(wait) && wait > 0 ? wait : null);
  }
}
