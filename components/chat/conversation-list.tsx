"use client";

import { Search, SquarePen, Trash2 } from "lucide-react";
import Link from "next/link";
import { usePathname, useRouter } from "next/navigation";
import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import { sendApi } from "@/lib/client/api";
import { cn } from "@/lib/shared/cn";
import type { ConversationSummary } from "@/lib/shared/schemas/conversation";
import { useDelayedDelete } from "../common/use-delayed-delete";
import { Button, buttonClasses } from "../ui/button";
import { IconButton } from "../ui/icon-button";
import { Light } from "../ui/light";
import { useToast } from "../ui/toast";
import { type ConversationList as List, useConversations } from "./use-conversations";

/** The user's conversations, newest first, with a search in their titles. */
export function ConversationList({ initial }: { initial: List }) {
  const t = useTranslations("chat.list");
  const [search, setSearch] = useState("");
  // Deleted here; a list that was read in the meantime may still name them.
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const { list, showMore } = useConversations(initial, search);
  const path = usePathname();
  const router = useRouter();
  const toast = useToast();
  const tCommon = useTranslations("common");
  const remove = useDelayedDelete((id) =>
    sendApi(`/api/conversations/${id}`, { method: "DELETE" }),
  );

  const onDelete = ({ id }: ConversationSummary) => {
    setHidden((before) => new Set([...before, id]));
    const isOpen = path === `/chat/${id}`;
    if (isOpen) router.push("/chat");
    const undo = remove(id);
    toast({
      text: t("deleted"),
      action: {
        label: tCommon("undo"),
        run: () => {
          undo();
          setHidden((before) => new Set([...before].filter((other) => other !== id)));
          if (isOpen) router.push(`/chat/${id}`);
        },
      },
    });
  };
  const rows = list.conversations.filter(({ id }) => !hidden.has(id));

  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="flex gap-2 p-3">
        <label className="flex h-8 min-w-0 flex-1 items-center gap-2 rounded-4 border border-control bg-surface px-2 has-focus-visible:outline-2 has-focus-visible:outline-signal max-sm:h-11">
          <Search size={16} strokeWidth={1.75} aria-hidden className="shrink-0 text-muted" />
          <span className="sr-only">{t("search")}</span>
          <input
            type="search"
            value={search}
            maxLength={200}
            placeholder={t("search")}
            onChange={(event) => setSearch(event.target.value)}
            className="min-w-0 flex-1 text-13 text-ink outline-none max-sm:text-[16px]"
          />
        </label>
        <Link
          href="/chat"
          aria-label={t("new")}
          title={t("new")}
          className={cn(buttonClasses(), "px-[7px]!")}
        >
          <SquarePen size={16} strokeWidth={1.75} aria-hidden />
        </Link>
      </div>
      <ul className="min-h-0 flex-1 overflow-y-auto">
        {rows.map((row) => (
          <Row
            key={row.id}
            row={row}
            isOn={path === `/chat/${row.id}`}
            onDelete={() => onDelete(row)}
          />
        ))}
        {rows.length === 0 && (
          <li className="px-4 py-3 text-13 text-muted">
            {search ? t("nothingFound") : t("empty")}
          </li>
        )}
        {list.nextCursor && (
          <li className="p-3">
            <Button className="w-full" onClick={() => void showMore()}>
              {t("more")}
            </Button>
          </li>
        )}
      </ul>
      <p className="border-t border-hair px-4 py-2 text-12 text-muted">
        {t("total", { count: list.total - (list.conversations.length - rows.length) })}
      </p>
    </div>
  );
}

type RowProps = { row: ConversationSummary; isOn: boolean; onDelete: () => void };

function Row({ row, isOn, onDelete }: RowProps) {
  const t = useTranslations("chat.list");
  const format = useFormatter();
  return (
    <li
      className={cn(
        "group relative flex h-[34px] items-center pr-2 text-13 max-sm:h-11",
        isOn ? "bg-hover font-medium text-ink" : "text-body hover:bg-hover",
      )}
    >
      {isOn && <span className="absolute inset-y-0 left-0 w-0.5 bg-signal" />}
      <Link
        href={`/chat/${row.id}`}
        aria-current={isOn ? "page" : undefined}
        className="flex min-w-0 flex-1 items-center gap-2 self-stretch pl-4 focus-visible:-outline-offset-2!"
      >
        <span className="min-w-0 flex-1 truncate">{row.title || t("untitled")}</span>
        {row.running ? (
          <Light state="running" />
        ) : (
          <time
            dateTime={row.updatedAt}
            className={cn(
              "font-mono text-11 group-focus-within:hidden group-hover:hidden max-sm:group-hover:inline",
              isOn ? "text-muted" : "text-faint",
            )}
          >
            {format.dateTime(new Date(row.updatedAt), { month: "2-digit", day: "2-digit" })}
          </time>
        )}
      </Link>
      <IconButton
        label={t("delete", { title: row.title || t("untitled") })}
        onClick={onDelete}
        className="hidden! group-focus-within:inline-grid! group-hover:inline-grid! max-sm:inline-grid!"
      >
        <Trash2 size={14} strokeWidth={1.75} aria-hidden />
      </IconButton>
    </li>
  );
}
