import type { ReactNode } from "react";

type FieldProps = {
  id: string;
  label: ReactNode;
  hint?: ReactNode;
  fault?: string | null | undefined;
  children: ReactNode;
};

/** Label above, control, then the fault or the hint; give the control `id` and `aria-describedby={`${id}-note`}`. */
export function Field({ id, label, hint, fault, children }: FieldProps) {
  return (
    <div className="grid gap-1.5">
      <label htmlFor={id} className="text-12 font-medium text-muted">
        {label}
      </label>
      {children}
      {(fault || hint) && (
        <p id={`${id}-note`} className={fault ? "text-12 text-bad" : "text-12 text-muted"}>
          {fault || hint}
        </p>
      )}
    </div>
  );
}
