"use client";

import {
  ChevronLeft,
  ChevronRight,
  GitBranch,
  type LucideIcon,
  RefreshCw,
  SquarePen,
  Trash2,
} from "lucide-react";
import { useTranslations } from "next-intl";
import { CopyButton } from "../common/copy-button";
import { IconButton } from "../ui/icon-button";
import type { Turn } from "./transcript-state";

/** What can be done with a message. */
export type TurnActions = {
  /** Asks a question anew, in the place of the old one. */
  edit: (turn: Turn, text: string) => void;
  /** Answers the question above anew. */
  regenerate: (turn: Turn) => void;
  showVersion: (id: string) => void;
  branch: (id: string) => void;
  remove: (turn: Turn) => void;
  copyLink: (id: string) => void;
  /** Answers the functions that the model asked for. */
  answerTools: (turn: Turn, results: Turn["toolResults"]) => void;
};

const ICON = { size: 14, strokeWidth: 1.75, "aria-hidden": true } as const;

/** ‹ 2/3 › where there are several versions. */
function Versions({ turn, actions }: { turn: Turn; actions: TurnActions }) {
  const t = useTranslations("chat");
  const { siblings } = turn;
  const at = siblings.indexOf(turn.id);
  if (siblings.length < 2 || at === -1) return null;
  const step = (label: string, id: string | undefined, Icon: LucideIcon) => (
    <IconButton
      label={label}
      disabled={id === undefined}
      onClick={() => id && actions.showVersion(id)}
    >
      <Icon {...ICON} />
    </IconButton>
  );
  return (
    <fieldset className="inline-flex items-center">
      <legend className="sr-only">{t("version", { index: at + 1, count: siblings.length })}</legend>
      {step(t("earlierVersion"), siblings[at - 1], ChevronLeft)}
      <span className="font-mono text-12 text-muted" aria-hidden>
        {at + 1}/{siblings.length}
      </span>
      {step(t("laterVersion"), siblings[at + 1], ChevronRight)}
    </fieldset>
  );
}

type ActionBarProps = {
  turn: Turn;
  actions: TurnActions;
  isIdle: boolean;
  /** Opens the question for editing. */
  onEdit?: () => void;
};

/** The buttons beside a message. While an answer is awaited only copying is possible. */
export function ActionBar({ turn, actions, isIdle, onEdit }: ActionBarProps) {
  const t = useTranslations("chat");
  return (
    <div className="flex shrink-0 items-center">
      {isIdle && <Versions turn={turn} actions={actions} />}
      {turn.text && (
        <CopyButton
          text={turn.text}
          label={t(turn.role === "user" ? "copyQuestion" : "copyAnswer")}
        />
      )}
      {isIdle && (
        <>
          {onEdit && (
            <IconButton label={t("edit")} onClick={onEdit}>
              <SquarePen {...ICON} />
            </IconButton>
          )}
          {turn.role === "assistant" && (
            <>
              <IconButton label={t("regenerate")} onClick={() => actions.regenerate(turn)}>
                <RefreshCw {...ICON} />
              </IconButton>
              <IconButton label={t("branch")} onClick={() => actions.branch(turn.id)}>
                <GitBranch {...ICON} />
              </IconButton>
            </>
          )}
          <IconButton label={t("delete")} onClick={() => actions.remove(turn)}>
            <Trash2 {...ICON} />
          </IconButton>
        </>
      )}
    </div>
  );
}
