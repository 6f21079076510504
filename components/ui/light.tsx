import { cn } from "@/lib/shared/cn";

export type LightState =
  | "done"
  | "running"
  | "current"
  | "waiting"
  | "warning"
  | "failed"
  | "unknown"
  | "stopped"
  | "untested";

const COLOURS: Record<LightState, string> = {
  done: "text-ok",
  running: "text-signal",
  current: "text-signal",
  waiting: "text-muted",
  warning: "text-warn",
  failed: "text-bad",
  unknown: "text-muted",
  stopped: "text-muted",
  untested: "text-faint",
};

const KNOCKOUT = "var(--surface)";

/** A verdict as colour and shape, 14 px. Decorative: a word stands beside it. */
export function Light({ state, className }: { state: LightState; className?: string }) {
  return (
    <svg
      viewBox="0 0 14 14"
      width="14"
      height="14"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      aria-hidden="true"
      className={cn("shrink-0", COLOURS[state], className)}
    >
      <LightShape state={state} />
    </svg>
  );
}

function LightShape({ state }: { state: LightState }) {
  switch (state) {
    case "done":
      return (
        <>
          <circle cx="7" cy="7" r="6.5" fill="currentColor" stroke="none" />
          <path d="M4 7.2l2.1 2L10 5" stroke={KNOCKOUT} strokeWidth="1.6" />
        </>
      );
    case "running":
      return (
        <>
          <circle cx="7" cy="7" r="5.5" stroke="var(--rule)" />
          <path d="M7 1.5A5.5 5.5 0 1 1 1.5 7" className="arc" />
        </>
      );
    case "current":
      return (
        <>
          <circle cx="7" cy="7" r="5.75" />
          <circle cx="7" cy="7" r="2.5" fill="currentColor" stroke="none" />
        </>
      );
    case "waiting":
      return (
        <>
          <circle cx="7" cy="7" r="5.75" />
          <path d="M7 3.8V7l2 1.4" />
        </>
      );
    case "warning":
      return (
        <>
          <path d="M7 .8l6.4 11.8H.6z" fill="currentColor" stroke="none" />
          <path d="M7 5v3.4M7 10v1" stroke={KNOCKOUT} />
        </>
      );
    case "failed":
      return (
        <>
          <rect x=".5" y=".5" width="13" height="13" rx="2" fill="currentColor" stroke="none" />
          <path d="M4.5 4.5l5 5m0-5l-5 5" stroke={KNOCKOUT} strokeWidth="1.6" />
        </>
      );
    case "stopped":
      return <rect x="1" y="1" width="12" height="12" rx="1" fill="currentColor" stroke="none" />;
    case "unknown":
      return (
        <>
          <circle cx="7" cy="7" r="5.75" strokeDasharray="2.4 2.1" />
          <path
            d="M5.4 5.6c0-2.1 3.2-2.1 3.2-.1 0 1.2-1.6 1.2-1.6 2.4M7 9.6v.9"
            strokeWidth="1.2"
          />
        </>
      );
    default:
      return (
        <>
          <circle cx="7" cy="7" r="5.75" strokeDasharray="2.4 2.1" />
          <path d="M5 5l4 4m0-4L5 9" strokeWidth="1.2" />
        </>
      );
  }
}
