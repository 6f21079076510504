"use client";

import { Link as LinkIcon } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { memo } from "react";
import { cn } from "@/lib/shared/cn";
import { IconButton } from "../ui/icon-button";
import { Answer } from "./answer";
import { QuestionBlock } from "./question-block";
import type { TurnProps } from "./turn-props";

/** One message: a question in a well, an answer as plain text with its numbers. */
export const Turn = memo(function Turn(props: TurnProps) {
  const { turn, isLast, hasRoom, isLinked, actions } = props;
  const t = useTranslations("chat");
  const format = useFormatter();
  const time = format.dateTime(new Date(turn.createdAt), {
    hour: "2-digit",
    minute: "2-digit",
    hour12: false,
  });
  return (
    <article
      id={turn.id}
      data-role={turn.role}
      className={cn(
        "group/turn grid grid-cols-[44px_minmax(0,1fr)] gap-x-3 py-3 @max-lg:grid-cols-1",
        hasRoom && "min-h-[calc(100cqh-9rem)] content-start",
        !isLast && "[contain-intrinsic-size:auto_120px] [content-visibility:auto]",
        isLinked && "rounded-6 bg-hover",
      )}
      aria-label={t(turn.role === "user" ? "question" : "answer")}
    >
      <span className="text-right font-mono text-11 leading-[27px] text-faint @max-lg:hidden">
        <span className="block group-focus-within/turn:hidden group-hover/turn:hidden">{time}</span>
        <IconButton
          label={t("copyLink")}
          onClick={() => actions.copyLink(turn.id)}
          className="hidden! group-focus-within/turn:inline-grid! group-hover/turn:inline-grid!"
        >
          <LinkIcon size={14} strokeWidth={1.75} aria-hidden />
        </IconButton>
      </span>
      {turn.role === "user" ? <QuestionBlock {...props} /> : <Answer {...props} />}
    </article>
  );
});
