"use client";

import { type ReactNode, useRef } from "react";
import { IconButton } from "./icon-button";

type FileButtonProps = {
  label: string;
  icon: ReactNode;
  accept: string;
  isMultiple?: boolean;
  /** Why nothing can be chosen now; takes the place of the label. */
  reason?: string | null;
  onFiles: (files: File[]) => void;
};

/** Opens the choice of files of the device. */
export function FileButton({ label, icon, accept, reason = null, ...props }: FileButtonProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <IconButton
        label={reason ?? label}
        disabled={reason !== null}
        onClick={() => input.current?.click()}
      >
        {icon}
      </IconButton>
      <input
        ref={input}
        type="file"
        multiple={props.isMultiple}
        accept={accept}
        aria-label={label}
        className="hidden"
        onChange={(event) => {
          const files = [...(event.target.files ?? [])];
          event.target.value = ""; // the same file may be chosen again
          if (files.length > 0) props.onFiles(files);
        }}
      />
    </>
  );
}
