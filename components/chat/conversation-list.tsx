"use client";

import { FileUp, Search, SquarePen } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { cn } from "@/lib/shared/cn";
import { useInView } from "../common/use-in-view";
import { buttonClasses } from "../ui/button";
import { FileButton } from "../ui/file-button";
import { useHydrated } from "../ui/use-hydrated";
import { toGroups } from "./conversation-groups";
import type { ConversationList as List } from "./conversation-pages";
import { ConversationRow } from "./conversation-row";
import { useConversationActions } from "./use-conversation-actions";
import { useConversations } from "./use-conversations";

/** The user's conversations, by day, with a search in titles and texts. */
export function ConversationList({ initial }: { initial: List }) {
  const t = useTranslations("chat.list");
  const [search, setSearch] = useState("");
  const { list, showMore } = useConversations(initial, search);
  const actions = useConversationActions();
  // The reader's days are known only to the browser.
  const isReady = useHydrated();
  const rows = list.conversations.filter(({ id }) => !actions.hidden.has(id));
  const sentinel = useInView(() => void showMore(), list.nextCursor !== null);
  const hiddenCount = list.conversations.length - rows.length;
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
      <div className="min-h-0 flex-1 overflow-y-auto">
        {toGroups(rows, isReady ? new Date() : null).map(({ group, rows: members }) => (
          <section key={group} aria-label={t(`group.${group}`)}>
            {!search && isReady && (
              <h2 className="px-4 pt-3 pb-1 text-11 font-medium text-faint">
                {t(`group.${group}`)}
              </h2>
            )}
            <ul>
              {members.map((row) => (
                <ConversationRow
                  key={row.id}
                  row={row}
                  isOn={actions.isOn(row.id)}
                  isToday={group === "today"}
                  onRename={(title) => actions.onRename(row, title)}
                  onPin={() => actions.onPin(row)}
                  onExport={(format) => actions.onExport(row, format)}
                  onDelete={() => actions.onDelete(row)}
                />
              ))}
            </ul>
          </section>
        ))}
        {rows.length === 0 && (
          <p className="px-4 py-3 text-13 text-muted">{search ? t("nothingFound") : t("empty")}</p>
        )}
        {list.nextCursor && <div ref={sentinel} className="h-px" />}
      </div>
      <div className="flex items-center border-t border-hair py-1 pr-2 pl-4 text-12 text-muted">
        <p className="flex-1">{t("total", { count: list.total - hiddenCount })}</p>
        <FileButton
          label={t("import")}
          icon={<FileUp size={14} strokeWidth={1.75} aria-hidden />}
          accept=".json,.md,application/json,text/markdown"
          onFiles={([file]) => file && actions.onImport(file)}
        />
      </div>
    </div>
  );
}
