"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { CodeSample } from "../common/code-sample";
import { Button } from "../ui/button";
import { Textarea } from "../ui/input";
import { Pictures } from "./pictures";
import type { Turn } from "./transcript-state";
import { ActionBar } from "./turn-actions";
import type { TurnProps } from "./turn-props";
import { useComposition } from "./use-composition";

/** A question as it was asked; opened for editing it becomes a new version. */
export function QuestionBlock({ turn, isIdle, actions }: TurnProps) {
  const [isEditing, setIsEditing] = useState(false);
  if (isEditing) {
    return (
      <QuestionEditor
        turn={turn}
        onCancel={() => setIsEditing(false)}
        onSend={(text) => {
          setIsEditing(false);
          actions.edit(turn, text);
        }}
      />
    );
  }
  const isToolAnswer = turn.toolResults.length > 0;
  return (
    <div className="min-w-0">
      {isToolAnswer ? (
        <ToolResults turn={turn} />
      ) : (
        <div className="rounded-6 bg-well px-3.5 py-[9px]">
          <Pictures ids={turn.uploads} urls={turn.pictureUrls} />
          <div className="whitespace-pre-wrap text-15 text-ink">{turn.text}</div>
        </div>
      )}
      <div className="mt-0.5 flex min-h-7 justify-end opacity-0 group-focus-within/turn:opacity-100 group-hover/turn:opacity-100 has-[fieldset]:opacity-100 max-sm:opacity-100">
        <ActionBar
          turn={turn}
          actions={actions}
          isIdle={isIdle}
          {...(!isToolAnswer && { onEdit: () => setIsEditing(true) })}
        />
      </div>
    </div>
  );
}

/** What the user said that functions answered. */
function ToolResults({ turn }: { turn: Turn }) {
  const t = useTranslations("chat");
  return (
    <section aria-label={t("toolResults")} className="grid gap-2">
      <h3 className="text-12 font-medium text-muted">{t("toolResults")}</h3>
      {turn.toolResults.map(({ id, result }) => (
        <CodeSample key={id} language={id} code={result} />
      ))}
    </section>
  );
}

type EditorProps = { turn: Turn; onSend: (text: string) => void; onCancel: () => void };

function QuestionEditor({ turn, onSend, onCancel }: EditorProps) {
  const t = useTranslations("chat");
  const [text, setText] = useState(turn.text);
  const { isComposing, handlers } = useComposition();
  const canSend = text.trim() !== "";
  return (
    <div className="grid gap-2">
      <Textarea
        aria-label={t("edit")}
        value={text}
        rows={Math.min(12, text.split("\n").length + 1)}
        autoFocus
        onChange={(event) => setText(event.target.value)}
        {...handlers}
        onKeyDown={(event) => {
          if (isComposing(event)) return;
          if (event.key === "Escape") onCancel();
          if (event.key === "Enter" && (event.metaKey || event.ctrlKey) && canSend) onSend(text);
        }}
      />
      <p className="flex flex-wrap items-center justify-end gap-2 text-12 text-muted">
        <span className="mr-auto">{t("editHint")}</span>
        <Button size="compact" onClick={onCancel}>
          {t("cancel")}
        </Button>
        <Button size="compact" tone="solid" disabled={!canSend} onClick={() => onSend(text)}>
          {t("sendEdit")}
        </Button>
      </p>
    </div>
  );
}
