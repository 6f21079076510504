"use client";

import { type ClipboardEvent, type DragEvent, useEffect, useRef, useState } from "react";
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

/** Pictures that were taken out of the box, with the question they belong to. */
export type Pictures = {
  items: readonly Attachment[];
  uploads: string[];
  pictureUrls: string[];
};

export type Attachments = ReturnType<typeof useAttachments>;

const NEW_ITEM = { before: null, after: null, isOriginal: false, uploadId: null, fault: null };
const NO_ITEMS: readonly Attachment[] = [];

/** Why not all of the files that came last were taken. */
type Refusal = {
  /** Some are no pictures. */
  hasOthers: boolean;
  /** There were more than fit: so many do; null where there were not. */
  max: number | null;
};
const NO_REFUSAL: Refusal = { hasOthers: false, max: null };

const isPicture = (file: File) => /^image\/(png|jpeg|webp)$/.test(file.type);

/** The files that are taken, and why others are not. */
function sortOut(files: readonly File[], room: number, max: number): Refusal & { taken: File[] } {
  const pictures = files.filter(isPicture);
  return {
    taken: pictures.slice(0, room),
    hasOthers: pictures.length < files.length,
    max: pictures.length > room ? max : null,
  };
}

async function upload(blob: Blob): Promise<string> {
  const response = await openApi("/api/uploads", { method: "POST", bytes: blob });
  return uploadSchema.parse(await response.json()).id;
}

const toPasteHandler =
  (canSee: boolean, add: (files: readonly File[]) => void) => (event: ClipboardEvent) => {
    const files = [...event.clipboardData.files].filter(isPicture);
    if (files.length === 0 || !canSee) return;
    event.preventDefault();
    add(files);
  };

type DropTarget = {
  canSee: boolean;
  setIsOver: (isOver: boolean) => void;
  add: (files: readonly File[]) => void;
};

const toDropHandlers = ({ canSee, setIsOver, add }: DropTarget) => ({
  onDragOver: (event: DragEvent) => {
    if (!event.dataTransfer.types.includes("Files")) return;
    event.preventDefault(); // else the browser would leave the page for the file
    if (canSee) setIsOver(true);
    else event.dataTransfer.dropEffect = "none";
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
});

/** Addresses by which this page shows files; none of them outlives it. */
function usePreviews() {
  const opened = useRef(new Set<string>());
  useEffect(() => {
    const urls = opened.current;
    return () => {
      for (const url of urls) URL.revokeObjectURL(url);
    };
  }, []);
  return {
    open: (file: Blob): string => {
      const url = URL.createObjectURL(file);
      opened.current.add(url);
      return url;
    },
    close: (url: string): void => {
      URL.revokeObjectURL(url);
      opened.current.delete(url);
    },
  };
}

/** Pictures for a question or an order, `max` at most: shrunk here, uploaded at once, private to the user. */
export function useAttachments(canSee: boolean, max = MAX_PICTURES) {
  const [items, setItems] = useState(NO_ITEMS);
  const [links, setLinks] = useState<readonly string[]>([]);
  const [isOver, setIsOver] = useState(false);
  const [refusal, setRefusal] = useState(NO_REFUSAL);
  const count = useRef(0);
  // Of each picture the last try counts, whichever ends last.
  const tries = useRef(new Map<string, number>());
  const previews = usePreviews();
  const change = (key: string, part: Partial<Attachment>) =>
    setItems((now) => now.map((item) => (item.key === key ? { ...item, ...part } : item)));

  const send = async (key: string, file: Blob, isOriginal: boolean) => {
    const attempt = (tries.current.get(key) ?? 0) + 1;
    tries.current.set(key, attempt);
    const note = (part: Partial<Attachment>) => {
      if (tries.current.get(key) === attempt) change(key, part);
    };
    note({ isOriginal, uploadId: null, fault: null });
    try {
      const { blob, before, after } = await shrinkPicture(file);
      note({ before, after: isOriginal ? before : after });
      note({ uploadId: await upload(isOriginal ? file : blob) });
    } catch (error) {
      note({ fault: asApiError(error) });
    }
  };

  const room = Math.max(0, max - items.length - links.length);

  const take = (files: readonly File[]) => {
    for (const file of files) {
      count.current += 1;
      const key = String(count.current);
      const item = { ...NEW_ITEM, key, file, previewUrl: previews.open(file) };
      setItems((now) => [...now, item]);
      void send(key, file, false);
    }
  };

  const add = (files: readonly File[]) => {
    if (!canSee) return;
    const { taken, ...why } = sortOut(files, room, max);
    setRefusal(why);
    take(taken);
  };

  const release = (gone: Pick<Pictures, "items">) => {
    for (const { previewUrl } of gone.items) previews.close(previewUrl);
  };

  const remove = (item: Attachment) => {
    setRefusal(NO_REFUSAL);
    release({ items: [item] });
    setItems((now) => now.filter(({ key }) => key !== item.key));
  };

  return {
    items,
    /** Addresses of pictures elsewhere, which the model asks for itself. */
    links,
    addLink: (url: string) => setLinks((now) => [...new Set([...now, url])]),
    removeLink: (url: string) => setLinks((now) => now.filter((other) => other !== url)),
    isEmpty: items.length + links.length === 0,
    canSee,
    canAttach: canSee && room > 0,
    max,
    /** How many more go with the question. */
    room,
    isOver,
    refusal,
    isBusy: items.some(({ uploadId, fault }) => uploadId === null && fault === null),
    fault: items.find(({ fault }) => fault)?.fault ?? null,
    add,
    /** These, and none that were there before. */
    begin: (files: readonly File[]) => {
      release({ items });
      setRefusal(NO_REFUSAL);
      setItems(NO_ITEMS);
      take(files);
    },
    remove,
    setOriginal: (item: Attachment, isOriginal: boolean) =>
      void send(item.key, item.file, isOriginal),
    retry: ({ key, file, isOriginal }: Attachment) => void send(key, file, isOriginal),
    /** Empties the box of them; `putBack` or `release` what is given. */
    takeOut: (): Pictures => {
      setRefusal(NO_REFUSAL);
      setItems(NO_ITEMS);
      setLinks([]);
      const uploads = items.flatMap(({ uploadId }) => uploadId ?? []);
      return { items, uploads, pictureUrls: [...links] };
    },
    putBack: (pictures: Pictures) => {
      setItems(pictures.items);
      setLinks(pictures.pictureUrls);
    },
    release,
    onPaste: toPasteHandler(canSee, add),
    /** For the element on which pictures may be dropped anywhere. */
    dropHandlers: toDropHandlers({ canSee, setIsOver, add }),
  };
}
