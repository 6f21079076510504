"use client";

import { useTranslations } from "next-intl";
import { isValidElement, type ReactNode } from "react";
import { CodeSample } from "../common/code-sample";

type CodeProps = { className?: string; children?: ReactNode };

/** Language and text of the `<code>` inside a `<pre>`. */
function readCode(children: ReactNode): { language: string; code: string } {
  if (!isValidElement<CodeProps>(children)) return { language: "", code: String(children ?? "") };
  const { className, children: code } = children.props;
  const language = /language-([\w+#.-]{1,30})/.exec(className ?? "")?.[1] ?? "";
  return { language, code: String(code ?? "").replace(/\n$/, "") };
}

/** A fenced block of an answer. */
export function CodeBlock({ children }: { children: ReactNode }) {
  const t = useTranslations("chat");
  const { language, code } = readCode(children);
  return <CodeSample language={language || t("code")} code={code} />;
}
