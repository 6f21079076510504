"use client";

import { type ClipboardEvent, type DragEvent, useRef, useState } from "react";
import { type ApiError, asApiError, openApi } from "@/lib/client/api";
import { type PictureSize, shrinkPicture } from "@/lib/client/shrink-picture";
import { MAX_PICTURES } from "@/lib/shared/schemas/chat";
import { uploadSchema } from "@/lib/shared/schemas/upload";

export type Attachment = {
  key: string;
  file: Blob;
  /** What this browser shows of it. */
  previewUrl: string;
  before: PictureSize | null;
  after: PictureSize | null;
  isOriginal: boolean;
  uploadId: string | null;
  fault: ApiError | null;
};

export type Attachments = ReturnType<typeof useAttachments>;

const isPicture = (file: File) => /^image\/(png|jpeg|webp)$/.test(file.type);

async function upload(blob: Blob): Promise<string> {
  const response = await openApi("/api/uploads", { method: "POST", bytes: blob });
  return uploadSchema.parse(await response.json()).id;
}

/** Pictures for the next question: shrunk here, uploaded at once, private to the user. */
export function useAttachments(canSee: boolean) {
  const [items, setItems] = useState<readonly Attachment[]>([]);
  const [links, setLinks] = useState<string[]>([]);
  const [isOver, setIsOver] = useState(false);
  const count = useRef(0);
  const change = (key: string, part: Partial<Attachment>) =>
    setItems((now) => now.map((item) => (item.key === key ? { ...item, ...part } : item)));

  const send = async (key: string, file: Blob, isOriginal: boolean) => {
    change(key, { isOriginal, uploadId: null, fault: null });
    try {
      const { blob, before, after } = await shrinkPicture(file);
      change(key, { before, after: isOriginal ? before : after });
      change(key, { uploadId: await upload(isOriginal ? file : blob) });
    } catch (error) {
      change(key, { fault: asApiError(error) });
    }
  };

  const add = (files: readonly File[]) => {
    if (!canSee) return;
    for (const file of files.filter(isPicture).slice(0, MAX_PICTURES - items.length)) {
      count.current += 1;
      const key = String(count.current);
      const previewUrl = URL.createObjectURL(file);
      const item = { key, file, previewUrl, before: null, after: null, isOriginal: false };
      setItems((now) => [...now, { ...item, uploadId: null, fault: null }]);
      void send(key, file, false);
    }
  };

  const remove = (key: string) =>
    setItems((now) => {
      const gone = now.find((item) => item.key === key);
      if (gone) URL.revokeObjectURL(gone.previewUrl);
      return now.filter((item) => item.key !== key);
    });

  return {
    items,
    /** Addresses of pictures elsewhere, which the model asks for itself. */
    links,
    addLink: (url: string) => setLinks((now) => [...new Set([...now, url])]),
    removeLink: (url: string) => setLinks((now) => now.filter((other) => other !== url)),
    canAttach: canSee && items.length + links.length < MAX_PICTURES,
    isOver,
    isBusy: items.some(({ uploadId, fault }) => uploadId === null && fault === null),
    fault: items.find(({ fault }) => fault)?.fault ?? null,
    uploadIds: items.flatMap(({ uploadId }) => uploadId ?? []),
    add,
    remove,
    setOriginal: (item: Attachment, isOriginal: boolean) =>
      void send(item.key, item.file, isOriginal),
    clear: () => {
      for (const { previewUrl } of items) URL.revokeObjectURL(previewUrl);
      setItems([]);
      setLinks([]);
    },
    onPaste: (event: ClipboardEvent) => {
      const files = [...event.clipboardData.files].filter(isPicture);
      if (files.length === 0 || !canSee) return;
      event.preventDefault();
      add(files);
    },
    /** For the element on which pictures may be dropped anywhere. */
    dropHandlers: {
      onDragOver: (event: DragEvent) => {
        if (!canSee || !event.dataTransfer.types.includes("Files")) return;
        event.preventDefault();
        setIsOver(true);
      },
      onDragLeave: (event: DragEvent) => {
        const isInside = event.currentTarget.contains(event.relatedTarget as Node | null);
        if (!isInside) setIsOver(false);
      },
      onDrop: (event: DragEvent) => {
        setIsOver(false);
        if (!event.dataTransfer.types.includes("Files")) return;
        event.preventDefault();
        add([...event.dataTransfer.files]);
      },
    },
  };
}
