"use client";

import { KeyRound } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toChatSample } from "@/lib/shared/samples/chat-sample";
import type { SampleLanguage } from "@/lib/shared/samples/literals";
import type { ChatSettings } from "@/lib/shared/schemas/chat";
import { toCalledModel } from "@/lib/shared/wire/thinking-fields";
import type { WireTurn } from "@/lib/shared/wire/turn";
import { CodeSample } from "../common/code-sample";
import { Dialog } from "../ui/dialog";
import { Segmented } from "../ui/segmented";
import { Switch } from "../ui/switch";
import type { Turn } from "./transcript-state";

const LANGUAGES: readonly { value: SampleLanguage; label: string }[] = [
  { value: "curl", label: "curl" },
  { value: "python", label: "Python" },
  { value: "javascript", label: "JavaScript" },
];

export type CodeOf = {
  model: string;
  settings: ChatSettings;
  /** The conversation so far. */
  turns: readonly Turn[];
  /** Where calls go. */
  origin: string;
};

/** The conversation as it would be sent, without its pictures and answers that never came. */
const toWireTurns = (turns: readonly Turn[]): WireTurn[] =>
  turns.flatMap(({ role, text, toolCalls, toolResults }, index) => {
    const isAnswered = (turns[index + 1]?.toolResults.length ?? 0) > 0;
    if (!text && !isAnswered && toolResults.length === 0) return [];
    return { role, text, ...(isAnswered && { toolCalls }), toolResults };
  });

/** The code of the next call, made from the body that we send; the token is an environment variable. */
export function CodeDialog({ of, onClose }: { of: CodeOf; onClose: () => void }) {
  const t = useTranslations("code");
  const tChat = useTranslations("chat");
  const [language, setLanguage] = useState<SampleLanguage>("python");
  const [hasTurns, setHasTurns] = useState(true);
  const { model, settings, origin } = of;
  const turns = toWireTurns(of.turns);
  const example: WireTurn = { role: "user", text: t("example") };
  // A call ends with a question.
  const asked = turns.slice(0, turns.findLastIndex(({ role }) => role === "user") + 1);
  const shown = hasTurns && asked.length > 0 ? asked : [example];
  const call = { model: toCalledModel(model, settings), settings, turns: shown };
  return (
    <Dialog title={t("title")} closeLabel={tChat("close")} isWide onClose={onClose}>
      <div className="grid gap-3 px-5 pb-5">
        <div className="flex flex-wrap items-center gap-3">
          <Segmented
            label={t("language")}
            name="code-language"
            value={language}
            options={LANGUAGES}
            onChange={setLanguage}
          />
          {asked.length > 0 && (
            <span className="ml-auto flex items-center gap-2 text-12 text-muted">
              {t("withTurns")}
              <Switch
                label={t("withTurns")}
                checked={hasTurns}
                onChange={(event) => setHasTurns(event.target.checked)}
              />
            </span>
          )}
        </div>
        <div className="max-h-[60dvh] overflow-y-auto">
          <CodeSample language={language} code={toChatSample(call, language, { origin })} />
        </div>
        <p className="flex items-center gap-1.5 text-12 text-muted">
          <KeyRound size={14} strokeWidth={1.75} aria-hidden className="shrink-0" />
          {t("token")}
        </p>
      </div>
    </Dialog>
  );
}
