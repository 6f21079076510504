"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { sendApi } from "@/lib/client/api";
import { SwitchRow } from "../ui/switch-row";

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
      <div className="py-3">
        <SwitchRow
          label={t("autoTitles")}
          hint={t("autoTitlesHint")}
          checked={isOn}
          onChange={(next) => void change(next)}
        />
      </div>
    </section>
  );
}
