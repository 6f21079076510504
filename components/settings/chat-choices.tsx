"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { sendApi } from "@/lib/client/api";
import { Switch } from "../ui/switch";

/** How chats behave for this user. */
export function ChatChoices({ autoTitles }: { autoTitles: boolean }) {
  const t = useTranslations("settings");
  const [isOn, setIsOn] = useState(autoTitles);
  const change = async (next: boolean) => {
    setIsOn(next);
    await sendApi("/api/me", { method: "PATCH", body: { autoTitles: next } }).catch(() =>
      setIsOn(!next),
    );
  };
  return (
    <section aria-labelledby="chat-title">
      <h2 id="chat-title" className="mb-2 text-18">
        {t("chat")}
      </h2>
      <div className="flex flex-wrap items-center gap-3 py-3">
        <span className="flex-1">
          <span className="block text-ink">{t("autoTitles")}</span>
          <span className="block text-12 text-muted">{t("autoTitlesHint")}</span>
        </span>
        <Switch
          label={t("autoTitles")}
          checked={isOn}
          onChange={(event) => void change(event.target.checked)}
        />
      </div>
    </section>
  );
}
