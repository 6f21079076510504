import type { ComponentProps } from "react";

/** A picture that no image optimiser may see: private bytes, shared ones, or some of this browser's own. */
export function PlainImage({ alt, ...props }: ComponentProps<"img"> & { alt: string }) {
  // biome-ignore lint/performance/noImgElement: the optimiser would keep copies past deletion and revocation
  return <img alt={alt} {...props} />;
}
