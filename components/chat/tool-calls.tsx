"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import type { ToolCall, ToolResult } from "@/lib/shared/schemas/chat";
import { CodeSample } from "../common/code-sample";
import { Button } from "../ui/button";
import { Textarea } from "../ui/input";

/** Arguments as they are read; text that is no JSON (yet) as it came. */
function toReadable(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

type ToolCallsProps = {
  calls: readonly ToolCall[];
  /** Where they can be answered: with what each function would have said. */
  onAnswer?: (results: ToolResult[]) => void;
};

/** The functions that a model asks for, each with its arguments. Nothing is run: results are typed in. */
export function ToolCalls({ calls, onAnswer }: ToolCallsProps) {
  const t = useTranslations("chat");
  const [results, setResults] = useState<Record<string, string>>({});
  const isWhole = calls.every(({ id }) => results[id]?.trim());
  return (
    <section aria-label={t("toolCalls")} className="mt-2 grid gap-2">
      <h3 className="text-12 font-medium text-muted">{t("toolCalls")}</h3>
      {calls.map((call, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: calls are only ever added at the end
        <div key={index} className="grid gap-2">
          <CodeSample language={call.name || t("toolUnnamed")} code={toReadable(call.arguments)} />
          {onAnswer && (
            <Textarea
              aria-label={t("toolResult", { name: call.name || t("toolUnnamed") })}
              placeholder={t("toolResult", { name: call.name || t("toolUnnamed") })}
              rows={2}
              value={results[call.id] ?? ""}
              onChange={(event) => setResults({ ...results, [call.id]: event.target.value })}
              className="mono"
            />
          )}
        </div>
      ))}
      {onAnswer && (
        <Button
          tone="solid"
          disabled={!isWhole}
          className="justify-self-end"
          onClick={() => onAnswer(calls.map(({ id }) => ({ id, result: results[id] ?? "" })))}
        >
          {t("sendResults")}
        </Button>
      )}
    </section>
  );
}
