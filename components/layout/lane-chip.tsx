"use client";

import { X } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { sendApi } from "@/lib/client/api";
import type { Lane } from "@/lib/shared/schemas/lane";
import { ChipMenu } from "../ui/chip-menu";
import { IconButton } from "../ui/icon-button";
import { Light } from "../ui/light";
import { useLane } from "./use-lane";

/** What runs and waits with the user's token: only while something does. */
export function LaneChip() {
  const t = useTranslations("lane");
  const { entries, read } = useLane();
  const running = entries.filter(({ isRunning }) => isRunning).length;
  if (entries.length === 0) return null;
  return (
    <ChipMenu
      className="gap-1.5 border-control px-2 text-12 text-ink"
      panelClassName="w-80 p-2"
      chip={
        <>
          <Light state="running" />
          <span className="max-sm:sr-only">
            {t("busy", { running, waiting: entries.length - running })}
          </span>
          <span className="sm:hidden" aria-hidden>
            {entries.length}
          </span>
        </>
      }
    >
      <p className="px-2 pb-1 text-12 text-muted">{t("why")}</p>
      <ol>
        {entries.map((entry, index) => (
          <Entry key={entry.runId ?? entry.imageId ?? index} entry={entry} onStopped={read} />
        ))}
      </ol>
    </ChipMenu>
  );
}

/** What ends it; null for what cannot be taken back. */
function stopPathOf({ runId, imageId, isRunning }: Lane["entries"][number]): string | null {
  if (runId) return `/api/runs/${runId}/stop`;
  return imageId && !isRunning ? `/api/images/${imageId}/cancel` : null;
}

function pagePathOf({ conversationId, imageId }: Lane["entries"][number]): string | null {
  if (conversationId) return `/chat/${conversationId}`;
  return imageId && "/images";
}

function Entry({ entry, onStopped }: { entry: Lane["entries"][number]; onStopped: () => void }) {
  const t = useTranslations("lane");
  const { title, model, isRunning } = entry;
  const name = title || t("short");
  const stopPath = stopPathOf(entry);
  const pagePath = pagePathOf(entry);
  return (
    <li className="flex items-center gap-2 rounded-4 py-0.5 pl-2">
      <Light state={isRunning ? "running" : "waiting"} />
      <span className="grid min-w-0 flex-1">
        {pagePath ? (
          <Link href={pagePath} className="truncate text-ink">
            {name}
          </Link>
        ) : (
          <span className="truncate text-ink">{name}</span>
        )}
        {model && <span className="truncate font-mono text-11 text-muted">{model}</span>}
      </span>
      {stopPath && (
        <IconButton
          label={t("cancel", { title: name })}
          onClick={() =>
            void sendApi(stopPath, { method: "POST" }).then(onStopped, () => undefined)
          }
        >
          <X size={14} strokeWidth={1.75} aria-hidden />
        </IconButton>
      )}
    </li>
  );
}
