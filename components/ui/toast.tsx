"use client";

import { createContext, type ReactNode, use, useCallback, useRef, useState } from "react";
import { Button } from "./button";

type Toast = { text: string; action?: { label: string; run: () => void } };
type ShowToast = (toast: Toast) => void;

const VISIBLE_MS = 5_000;
const ToastContext = createContext<ShowToast>(() => undefined);

/** Shows one toast at a time for 5 s: for undo and for things that finish elsewhere. */
export function useToast(): ShowToast {
  return use(ToastContext);
}

export function ToastProvider({ children }: { children: ReactNode }) {
  const [toast, setToast] = useState<Toast | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const show = useCallback<ShowToast>((next) => {
    clearTimeout(timer.current);
    setToast(next);
    timer.current = setTimeout(() => setToast(null), VISIBLE_MS);
  }, []);
  return (
    <ToastContext value={show}>
      {children}
      <div
        role="status"
        aria-live="polite"
        className="fixed inset-x-0 bottom-4 z-20 grid place-items-center px-4 max-sm:top-16 max-sm:bottom-auto pointer-events-none"
      >
        {toast && (
          <div className="pointer-events-auto flex items-center gap-3 rounded-6 bg-raised py-2 pr-2 pl-4 text-13 text-ink shadow-1">
            {toast.text}
            {toast.action && (
              <Button
                size="compact"
                onClick={() => {
                  toast.action?.run();
                  setToast(null);
                }}
              >
                {toast.action.label}
              </Button>
            )}
          </div>
        )}
      </div>
    </ToastContext>
  );
}
