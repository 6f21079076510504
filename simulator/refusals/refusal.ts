/**
 * How a refusal is written down. `error`: the older style. `errors`: the newer gateway's.
 * `backend`: DashScope's wording, passed through. `text`, `html`: no JSON at all.
 */
export type Refusal = {
  status: number;
  /** `{model}` is replaced by the id that was asked for. */
  message: string;
  style?: "error" | "errors" | "backend" | "text" | "html";
  code?: string;
  errorType?: string;
};
