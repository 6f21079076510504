import { toJsxRuntime } from "hast-util-to-jsx-runtime";
import { common, createLowlight } from "lowlight";
import type { ReactNode } from "react";
import { Fragment, jsx, jsxs } from "react/jsx-runtime";

/** Longer code is shown as it is: colouring it would hold up the page. */
const MAX_LENGTH = 60_000;
const lowlight = createLowlight(common);

const toNodes = (tree: ReturnType<typeof lowlight.highlight>): ReactNode =>
  toJsxRuntime(tree, { Fragment, jsx, jsxs });

/** Code as coloured elements, never as markup; null for a language that is not known. */
export function highlight(code: string, language: string): ReactNode | null {
  const name = language.toLowerCase();
  if (code.length > MAX_LENGTH || !lowlight.registered(name)) return null;
  return toNodes(lowlight.highlight(name, code));
}
