"use client";

import { PanelLeft } from "lucide-react";
import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { ConversationList } from "./conversation-list";

/** What stands there until the list is read, right after opening. */
const NOTHING_YET = { conversations: [], total: 0, nextCursor: null };

/** The list as a sheet, below 896 px, and the button that opens it. */
export function ConversationDrawer() {
  const t = useTranslations("chat.list");
  const id = useId();
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        popoverTarget={id}
        aria-label={t("open")}
        title={t("open")}
        className="inline-grid size-7 shrink-0 place-items-center rounded-4 text-muted hover:bg-hover hover:text-ink max-sm:size-11 md:hidden"
      >
        <PanelLeft size={16} strokeWidth={1.75} aria-hidden />
      </button>
      <div
        id={id}
        popover="auto"
        // React lets the event rise from the menus inside.
        onToggle={(event) => {
          if (event.target === event.currentTarget) setIsOpen(event.newState === "open");
        }}
        className="fixed inset-y-0 left-0 m-0 hidden h-full max-h-none w-72 max-w-[85vw] flex-col border-r border-hair bg-panel p-0 text-body shadow-2 open:flex [&:popover-open]:flex"
      >
        {isOpen && <ConversationList initial={NOTHING_YET} />}
      </div>
    </>
  );
}
