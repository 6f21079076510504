import type { ReactNode } from "react";

/** A part of the form, divided from the next by a hairline. */
export function FormSection({ id, children }: { id?: string; children: ReactNode }) {
  return (
    <section id={id} className="grid gap-3 border-b border-hair px-4 py-3 last:border-b-0">
      {children}
    </section>
  );
}
