import type { ReactNode } from "react";

/** Words in the frame of a picture that is not there, and what can be done about it. */
export function CardBox({ children, actions }: { children: ReactNode; actions: ReactNode }) {
  return (
    <div className="flex flex-col items-center justify-center gap-1 p-3 text-center text-12 text-muted">
      <span className="grid justify-items-center gap-1 rounded-4 bg-well px-2 py-1">
        {children}
      </span>
      {actions && <span className="mt-1 flex flex-wrap justify-center gap-1">{actions}</span>}
    </div>
  );
}
