/** How the file of a finished picture is sent. */
export type FileFault =
  | "gone"
  | "expired"
  | "not-a-picture"
  | "html"
  | "wrong-type"
  | "partial"
  | "zero-bytes"
  | "truncated"
  | "length-too-big"
  | "endless"
  | "gzip-bomb"
  | "drip"
  | "jpeg"
  | "redirect-internal"
  | "redirect-other"
  | "redirect-loop"
  | "redirect-chain";

/** What goes wrong with one picture, step by step; what is absent goes right. */
export type ImageFault = {
  /** The order is taken, but its answer never arrives. */
  submit?: "reset" | "silence";
  /** Polls that are answered as in progress, in place of the option `pollsUntilDone`. */
  polls?: number;
  /** The word that says so. */
  progressWord?: string;
  /** What a poll is answered with, always or the first times. */
  poll?: "failed" | "error-500" | "garbage" | "rate-limited" | "not-found";
  pollTimes?: number;
  /** How the record of a finished picture differs. */
  result?: "no-output" | "no-input" | "succeeded" | "capture-b";
  /** The picture's address; `{host}` is this simulator, `{file}` the path. */
  url?: string;
  file?: FileFault;
};

const BUCKET = "muse-ai.oss-cn-hangzhou.aliyuncs.com";
const DOT =
  "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

/** By the word in square brackets in a prompt. */
export const IMAGE_FAULTS = {
  reset: { submit: "reset" },
  "submit-timeout": { submit: "silence" },
  slow: { polls: 400 },
  "unknown-status": { polls: 3, progressWord: "WAITING_FOR_CAPACITY" },
  failed: { poll: "failed" },
  lost: { poll: "not-found" },
  "poll-500": { poll: "error-500" },
  "poll-500-twice": { poll: "error-500", pollTimes: 2 },
  "poll-garbage": { poll: "garbage" },
  "poll-garbage-twice": { poll: "garbage", pollTimes: 2 },
  "poll-429": { poll: "rate-limited", pollTimes: 2 },
  "no-output": { result: "no-output" },
  "no-input": { result: "no-input" },
  succeeded: { result: "succeeded" },
  "capture-b": { result: "capture-b" },

  "url-other-host": { url: "https://pictures.example.com{file}" },
  "url-http": { url: `http://${BUCKET}{file}` },
  "url-ip": { url: "https://203.0.113.7{file}" },
  "url-port": { url: `https://${BUCKET}:8443{file}` },
  "url-credentials": { url: "http://user:pw@{host}{file}" },
  "url-data": { url: DOT },
  "url-file": { url: "file:///etc/hostname" },
  "url-internal": { url: "https://muse-ai.oss-cn-hangzhou-internal.aliyuncs.com{file}" },

  "redirect-internal": { file: "redirect-internal" },
  "redirect-other": { file: "redirect-other" },
  "redirect-loop": { file: "redirect-loop" },
  "redirect-chain": { file: "redirect-chain" },

  gone: { file: "gone" },
  expired: { file: "expired" },
  "not-a-picture": { file: "not-a-picture" },
  html: { file: "html" },
  "wrong-type": { file: "wrong-type" },
  partial: { file: "partial" },
  "zero-bytes": { file: "zero-bytes" },
  truncated: { file: "truncated" },
  "length-too-big": { file: "length-too-big" },
  endless: { file: "endless" },
  "gzip-bomb": { file: "gzip-bomb" },
  drip: { file: "drip" },
  jpeg: { file: "jpeg" },
} as const satisfies Record<string, ImageFault>;

const isFaultName = (word: string): word is keyof typeof IMAGE_FAULTS =>
  Object.hasOwn(IMAGE_FAULTS, word);

/** What a prompt asks to go wrong: the first known word in square brackets. */
export function imageFaultOf(prompt: string): ImageFault {
  const words = [...prompt.matchAll(/\[([a-z0-9-]+)\]/g)].map(([, word = ""]) => word);
  const name = words.find(isFaultName);
  return name ? IMAGE_FAULTS[name] : {};
}
