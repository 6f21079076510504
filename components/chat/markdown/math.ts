import "katex/dist/katex.min.css";
import type { ComponentProps } from "react";
import type ReactMarkdown from "react-markdown";
import rehypeKatex from "rehype-katex";
import remarkMath from "remark-math";

type Plugins = NonNullable<ComponentProps<typeof ReactMarkdown>["rehypePlugins"]>;

/** Formulas may colour and size themselves, but never link, load or expand without end. */
const KATEX = {
  trust: false,
  strict: "ignore",
  throwOnError: false,
  maxExpand: 200,
  maxSize: 20,
  output: "htmlAndMathml",
} as const;

export const MATH_REMARK: Plugins = [[remarkMath, { singleDollarTextMath: true }]];
export const MATH_REHYPE: Plugins = [[rehypeKatex, KATEX]];
