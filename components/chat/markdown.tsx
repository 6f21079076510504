"use client";

import { ImageOff } from "lucide-react";
import { marked } from "marked";
import { useTranslations } from "next-intl";
import { type ComponentProps, memo, useMemo } from "react";
import ReactMarkdown, { type Components, defaultUrlTransform } from "react-markdown";
import remarkGfm from "remark-gfm";
import remend from "remend";
import { CodeBlock } from "./code-block";

/**
 * Text of a model as Markdown. Raw HTML stays text, pictures are never loaded, links open outside.
 * Cut into blocks, each memoised, so that a growing answer renders only its last block again.
 */
export function Markdown({ text, isGrowing }: { text: string; isGrowing: boolean }) {
  const blocks = useMemo(() => toBlocks(isGrowing ? remend(text) : text), [text, isGrowing]);
  return (
    <div className="prose-answer" data-growing={isGrowing || undefined}>
      {blocks.map((block, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: blocks only grow at the end
        <Block key={index} text={block} />
      ))}
    </div>
  );
}

function toBlocks(text: string): string[] {
  return marked.lexer(text).map(({ raw }) => raw);
}

const PLUGINS = [remarkGfm];

const Block = memo(function Block({ text }: { text: string }) {
  return (
    <ReactMarkdown remarkPlugins={PLUGINS} components={COMPONENTS} urlTransform={toSafeUrl}>
      {text}
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

const COMPONENTS: Components = {
  a: SafeLink,
  img: BlockedImage,
  table: ScrollingTable,
  pre: ({ children }) => <CodeBlock>{children}</CodeBlock>,
};
