"use client";

import { ScanSearch } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRef } from "react";
import { IconButton } from "../ui/icon-button";

/** Chooses a picture to read a recipe from; a drop does the same. */
export function RecipeButton({ onRead }: { onRead: (file: File | undefined) => void }) {
  const t = useTranslations("image");
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <IconButton label={t("readRecipe")} onClick={() => input.current?.click()}>
        <ScanSearch size={16} strokeWidth={1.75} aria-hidden />
      </IconButton>
      <input
        ref={input}
        type="file"
        accept="image/png,image/jpeg,image/webp"
        aria-label={t("readRecipe")}
        data-testid="recipe-file"
        className="hidden"
        onChange={(event) => {
          onRead(event.target.files?.[0]);
          event.target.value = "";
        }}
      />
    </>
  );
}
