"use client";

import { ImagePlus, Images, Link as LinkIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { PICTURE_TYPES } from "@/lib/client/shrink-picture";
import { publicUrlSchema } from "@/lib/shared/public-url";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { Field } from "../ui/field";
import { FileButton } from "../ui/file-button";
import { IconButton } from "../ui/icon-button";
import { Input } from "../ui/input";
import { GalleryDialog } from "./gallery-dialog";
import type { Attachments } from "./use-attachments";

type AttachButtonsProps = {
  attachments: Attachments;
  /** Whether addresses are taken too. */
  hasLinks?: boolean;
};

/** Adds pictures to the next question: from files, by their address, or of the user's gallery. */
export function AttachButtons({ attachments, hasLinks = true }: AttachButtonsProps) {
  const t = useTranslations("chat");
  const [opened, setOpened] = useState<"link" | "gallery" | null>(null);
  const close = () => setOpened(null);
  const { canAttach, canSee } = attachments;
  const reason = canSee ? t("enoughPictures", { max: attachments.max }) : t("cannotSee");
  return (
    <>
      <FileButton
        label={t("attach")}
        reason={canAttach ? null : reason}
        icon={<ImagePlus size={16} strokeWidth={1.75} aria-hidden />}
        accept={PICTURE_TYPES}
        isMultiple
        onFiles={attachments.add}
      />
      <IconButton label={t("attachOwn")} disabled={!canAttach} onClick={() => setOpened("gallery")}>
        <Images size={16} strokeWidth={1.75} aria-hidden />
      </IconButton>
      {hasLinks && (
        <IconButton label={t("attachLink")} disabled={!canAttach} onClick={() => setOpened("link")}>
          <LinkIcon size={16} strokeWidth={1.75} aria-hidden />
        </IconButton>
      )}
      {opened === "link" && (
        <LinkDialog
          onClose={close}
          onAdd={(url) => {
            attachments.addLink(url);
            close();
          }}
        />
      )}
      {opened === "gallery" && (
        <GalleryDialog
          max={attachments.room}
          onClose={close}
          onPick={(files) => {
            attachments.add(files);
            close();
          }}
        />
      )}
    </>
  );
}

function LinkDialog({ onAdd, onClose }: { onAdd: (url: string) => void; onClose: () => void }) {
  const t = useTranslations("chat");
  const tFault = useTranslations("validation");
  const [text, setText] = useState("");
  const parsed = publicUrlSchema.safeParse(text.trim());
  const isWrong = text.trim() !== "" && !parsed.success;
  return (
    <Dialog title={t("attachLink")} closeLabel={t("close")} onClose={onClose}>
      <form
        className="grid gap-3 px-5 pb-5"
        onSubmit={(event) => {
          event.preventDefault();
          if (parsed.success) onAdd(parsed.data);
        }}
      >
        <Field
          id="picture-url"
          label={t("linkLabel")}
          hint={t("linkHint")}
          fault={isWrong ? tFault("publicUrl") : undefined}
        >
          <Input
            id="picture-url"
            type="url"
            value={text}
            placeholder="https://"
            hasFault={isWrong}
            autoFocus
            onChange={(event) => setText(event.target.value)}
          />
        </Field>
        <Button type="submit" tone="solid" disabled={!parsed.success} className="justify-self-end">
          {t("linkAdd")}
        </Button>
      </form>
    </Dialog>
  );
}
