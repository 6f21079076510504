"use client";

import { ImageOff } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ComponentProps, memo, useMemo, useState } from "react";
import ReactMarkdown, { type Components, defaultUrlTransform } from "react-markdown";
import remarkCjkFriendly from "remark-cjk-friendly";
import remarkGfm from "remark-gfm";
import { type Block, BlockCutter } from "./blocks";
import { CodeBlock } from "./code-block";
import { hasMath, toMathMarks } from "./math-marks";
import { useLazy } from "./use-lazy";

/**
 * Text of a model as Markdown. Raw HTML stays text, pictures are never loaded, links open outside.
 * Cut into blocks, each memoised, so that a growing answer renders only its last block again.
 */
export function Markdown({ text, isGrowing }: { text: string; isGrowing: boolean }) {
  const [cutter] = useState(() => new BlockCutter());
  const blocks = useMemo(() => cutter.cut(text, isGrowing), [cutter, text, isGrowing]);
  return (
    <div className="prose-answer" data-growing={isGrowing || undefined}>
      {blocks.map(({ text: block, isPlain }, index) => (
        <MarkdownBlock
          // biome-ignore lint/suspicious/noArrayIndexKey: blocks only grow at the end
          key={index}
          text={block}
          isPlain={isPlain}
          isOpen={isGrowing && index === blocks.length - 1}
        />
      ))}
    </div>
  );
}

/** Emphasis beside CJK punctuation, which CommonMark alone leaves as stars. */
const PLUGINS = [remarkGfm, remarkCjkFriendly];
const loadMath = () => import("./math");

/** `isOpen`: more of it may come. */
const MarkdownBlock = memo(function MarkdownBlock({
  text,
  isPlain,
  isOpen,
}: Block & { isOpen: boolean }) {
  const isFormula = useMemo(() => !isPlain && !isOpen && hasMath(text), [text, isPlain, isOpen]);
  const math = useLazy(loadMath, isFormula);
  if (text.trim() === "") return null;
  if (isPlain) return <p className="whitespace-pre-wrap">{text}</p>;
  const hasFormula = isFormula && math !== null;
  return (
    <ReactMarkdown
      remarkPlugins={hasFormula ? [...PLUGINS, ...math.MATH_REMARK] : PLUGINS}
      rehypePlugins={hasFormula ? math.MATH_REHYPE : null}
      components={isOpen ? OPEN_COMPONENTS : COMPONENTS}
      urlTransform={toSafeUrl}
    >
      {hasFormula ? toMathMarks(text) : text}
    </ReactMarkdown>
  );
});

/** Web and mail addresses only; in-page, relative and script addresses become no link at all. */
function toSafeUrl(url: string): string {
  return /^(https?:|mailto:)/i.test(url) ? defaultUrlTransform(url) : "";
}

function SafeLink({ href, children }: ComponentProps<"a">) {
  if (!href) return <span>{children}</span>;
  return (
    <a href={href} target="_blank" rel="noopener noreferrer nofollow" title={href}>
      {children}
    </a>
  );
}

function BlockedImage({ alt, src }: ComponentProps<"img">) {
  const t = useTranslations("chat");
  return (
    <span
      className="inline-flex items-center gap-1.5 rounded-4 border border-dashed border-control bg-well px-2 py-0.5 text-12 text-muted"
      title={typeof src === "string" ? src : undefined}
    >
      <ImageOff size={14} strokeWidth={1.75} aria-hidden />
      {t("blockedImage", { alt: alt || "—" })}
    </span>
  );
}

function ScrollingTable({ children }: ComponentProps<"table">) {
  return (
    <div className="overflow-x-auto">
      <table>{children}</table>
    </div>
  );
}

const COMMON: Components = { a: SafeLink, img: BlockedImage, table: ScrollingTable };
const COMPONENTS: Components = {
  ...COMMON,
  pre: ({ children }) => <CodeBlock isOpen={false}>{children}</CodeBlock>,
};
const OPEN_COMPONENTS: Components = {
  ...COMMON,
  pre: ({ children }) => <CodeBlock isOpen>{children}</CodeBlock>,
};
