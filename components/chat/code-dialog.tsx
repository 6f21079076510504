"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { toChatSample } from "@/lib/shared/samples/chat-sample";
import type { ChatSettings } from "@/lib/shared/schemas/chat";
import { toCalledModel } from "@/lib/shared/wire/thinking-fields";
import type { WireTurn } from "@/lib/shared/wire/turn";
import { CodeTabs } from "../common/code-tabs";
import { Dialog } from "../ui/dialog";
import { Switch } from "../ui/switch";
import type { Turn } from "./transcript-state";

export type CodeOf = {
  model: string;
  settings: ChatSettings;
  /** The conversation so far. */
  turns: readonly Turn[];
  /** The question that is being written. */
  written: string;
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
  const [hasTurns, setHasTurns] = useState(true);
  const { model, settings, origin } = of;
  const turns = toWireTurns(of.turns);
  const example: WireTurn = { role: "user", text: t("example") };
  const question: WireTurn | null = of.written.trim() ? { role: "user", text: of.written } : null;
  // A call ends with a question.
  const asked = question
    ? [...turns, question]
    : turns.slice(0, turns.findLastIndex(({ role }) => role === "user") + 1);
  const shown = hasTurns && asked.length > 0 ? asked : [question ?? example];
  const call = { model: toCalledModel(model, settings), settings, turns: shown };
  return (
    <Dialog title={t("title")} closeLabel={tChat("close")} isWide onClose={onClose}>
      <div className="grid gap-3 px-5 pb-5">
        <CodeTabs toCode={(language) => toChatSample(call, language, { origin })}>
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
        </CodeTabs>
      </div>
    </Dialog>
  );
}
