"use client";

import { useTranslations } from "next-intl";
import { isValidElement, memo, type ReactNode, useMemo } from "react";
import { CodeSample } from "../../common/code-sample";
import { PlainImage } from "../../ui/plain-image";
import { useDiagram } from "./use-diagram";
import { useLazy } from "./use-lazy";

type CodeProps = { className?: string; children?: ReactNode };

const MAX_DIAGRAM_LENGTH = 20_000;
const loadHighlight = () => import("./highlight");

/** Language and text of the `<code>` inside a `<pre>`. */
function readCode(children: ReactNode): { language: string; code: string } {
  if (!isValidElement<CodeProps>(children)) return { language: "", code: String(children ?? "") };
  const { className, children: code } = children.props;
  const language = /language-([\w+#.-]{1,30})/.exec(className ?? "")?.[1] ?? "";
  return { language, code: String(code ?? "").replace(/\n$/, "") };
}

/** A fenced block of an answer: coloured, or drawn, once it is complete. */
export function CodeBlock({ children, isOpen }: { children: ReactNode; isOpen: boolean }) {
  const { language, code } = readCode(children);
  const isDiagram = language === "mermaid" && code.length <= MAX_DIAGRAM_LENGTH;
  if (isDiagram && !isOpen) return <Diagram code={code} />;
  return <Colored language={language} code={code} isOpen={isOpen} />;
}

type ColoredProps = { language: string; code: string; isOpen: boolean };

const Colored = memo(function Colored({ language, code, isOpen }: ColoredProps) {
  const t = useTranslations("chat");
  const highlighter = useLazy(loadHighlight, language !== "" && !isOpen);
  const colored = useMemo(
    () => (isOpen ? null : (highlighter?.highlight(code, language) ?? null)),
    [highlighter, code, language, isOpen],
  );
  return (
    <CodeSample language={language || t("code")} code={code}>
      {colored}
    </CodeSample>
  );
});

function Diagram({ code }: { code: string }) {
  const t = useTranslations("chat");
  const url = useDiagram(code, true);
  return (
    <>
      {url && (
        <div className="overflow-x-auto rounded-t-6 border border-b-0 border-hair bg-surface p-3">
          <PlainImage src={url} alt={t("diagram")} className="mx-auto max-w-full" />
        </div>
      )}
      <CodeSample language="mermaid" code={code} />
    </>
  );
}
