import type { ReactNode } from "react";

/** One icon, one sentence, one action. */
export function EmptyState({
  icon,
  text,
  action,
}: {
  icon: ReactNode;
  text: string;
  action?: ReactNode;
}) {
  return (
    <div className="grid justify-items-center gap-3 px-6 py-16 text-center text-muted">
      {icon}
      <p className="max-w-md">{text}</p>
      {action}
    </div>
  );
}
