import { useTranslations } from "next-intl";
import type { ToolCall } from "@/lib/shared/schemas/chat";
import { CodeSample } from "../common/code-sample";

/** Arguments as they are read; text that is no JSON (yet) as it came. */
function toReadable(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

/** The functions that a model asks for, each with its arguments. Nothing is called. */
export function ToolCalls({ calls }: { calls: readonly ToolCall[] }) {
  const t = useTranslations("chat");
  return (
    <section aria-label={t("toolCalls")} className="mt-2 grid gap-2">
      <h3 className="text-12 font-medium text-muted">{t("toolCalls")}</h3>
      {calls.map((call, index) => (
        <CodeSample
          // biome-ignore lint/suspicious/noArrayIndexKey: calls are only ever added at the end
          key={index}
          language={call.name || t("toolUnnamed")}
          code={toReadable(call.arguments)}
        />
      ))}
    </section>
  );
}
