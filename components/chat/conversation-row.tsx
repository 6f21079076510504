"use client";

import { Download, FileText, PencilLine, Pin, PinOff, Trash2 } from "lucide-react";
import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import { cn } from "@/lib/shared/cn";
import type { ConversationSummary } from "@/lib/shared/schemas/conversation";
import { Light } from "../ui/light";
import { Menu } from "../ui/menu";
import { useComposition } from "./use-composition";

type RowProps = {
  row: ConversationSummary;
  isOn: boolean;
  /** Of today: the time of day tells more than the date. */
  isToday: boolean;
  onRename: (title: string) => void;
  onPin: () => void;
  onExport: (format: "json" | "markdown") => void;
  onDelete: () => void;
};

const ICON = { size: 14, strokeWidth: 1.75, "aria-hidden": true } as const;

/** One conversation of the list, with what can be done to it. */
export function ConversationRow({ row, isOn, isToday, ...actions }: RowProps) {
  const t = useTranslations("chat.list");
  const [isRenaming, setIsRenaming] = useState(false);
  const title = row.title || t("untitled");
  if (isRenaming) {
    return (
      <RenameRow
        title={row.title}
        onEnd={(next) => {
          setIsRenaming(false);
          if (next && next !== row.title) actions.onRename(next);
        }}
      />
    );
  }
  const link = row.match ? `/chat/${row.id}?m=${row.match.messageId}` : `/chat/${row.id}`;
  return (
    <li
      className={cn(
        "group relative flex min-h-[34px] items-center pr-2 text-13 max-sm:min-h-11",
        "[contain-intrinsic-size:auto_34px] [content-visibility:auto]",
        isOn ? "bg-hover font-medium text-ink" : "text-body hover:bg-hover",
      )}
    >
      {isOn && <span className="absolute inset-y-0 left-0 w-0.5 bg-signal" />}
      <Link
        href={link}
        aria-current={isOn ? "page" : undefined}
        className="grid min-w-0 flex-1 content-center self-stretch py-1 pl-4 focus-visible:-outline-offset-2!"
      >
        <span className="flex min-w-0 items-center gap-2">
          <span className="min-w-0 flex-1 truncate">{title}</span>
          <When row={row} isOn={isOn} isToday={isToday} />
        </span>
        {row.match && (
          <span className="truncate text-12 font-normal text-muted">{row.match.snippet}</span>
        )}
      </Link>
      <Menu
        label={t("actions", { title })}
        className="hidden! group-focus-within:inline-grid! group-hover:inline-grid! max-sm:inline-grid!"
        items={[
          {
            key: "rename",
            label: t("rename"),
            icon: <PencilLine {...ICON} />,
            run: () => setIsRenaming(true),
          },
          {
            key: "pin",
            label: t(row.pinned ? "unpin" : "pin"),
            icon: row.pinned ? <PinOff {...ICON} /> : <Pin {...ICON} />,
            run: actions.onPin,
          },
          {
            key: "markdown",
            label: t("exportMarkdown"),
            icon: <FileText {...ICON} />,
            run: () => actions.onExport("markdown"),
          },
          {
            key: "json",
            label: t("exportJson"),
            icon: <Download {...ICON} />,
            run: () => actions.onExport("json"),
          },
          {
            key: "delete",
            label: t("delete"),
            icon: <Trash2 {...ICON} />,
            isDanger: true,
            run: actions.onDelete,
          },
        ]}
      />
    </li>
  );
}

type WhenProps = Pick<RowProps, "row" | "isOn" | "isToday">;

function When({ row, isOn, isToday }: WhenProps) {
  const format = useFormatter();
  if (row.running) return <Light state="running" />;
  return (
    <time
      dateTime={row.updatedAt}
      className={cn(
        "font-mono text-11 group-focus-within:hidden group-hover:hidden max-sm:group-hover:inline",
        isOn ? "text-muted" : "text-faint",
      )}
    >
      {format.dateTime(
        new Date(row.updatedAt),
        isToday
          ? { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }
          : { month: "2-digit", day: "2-digit" },
      )}
    </time>
  );
}

function RenameRow({ title, onEnd }: { title: string; onEnd: (title: string | null) => void }) {
  const t = useTranslations("chat.list");
  const [text, setText] = useState(title);
  const { isComposing, handlers } = useComposition();
  return (
    <li className="px-2 py-0.5">
      <input
        aria-label={t("rename")}
        value={text}
        maxLength={200}
        // biome-ignore lint/a11y/noAutofocus: it was opened to be written in
        autoFocus
        onFocus={(event) => event.target.select()}
        onChange={(event) => setText(event.target.value)}
        onBlur={() => onEnd(text.trim())}
        {...handlers}
        onKeyDown={(event) => {
          if (isComposing(event)) return;
          if (event.key === "Enter") onEnd(text.trim());
          if (event.key === "Escape") onEnd(null);
        }}
        className="h-[30px] w-full rounded-4 border border-control bg-surface px-2 text-13 text-ink max-sm:h-11 max-sm:text-[16px]"
      />
    </li>
  );
}
