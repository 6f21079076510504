import { Image as ImageIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { PlainImage } from "../ui/plain-image";

type PicturesProps = { ids: readonly string[]; urls: readonly string[] };

/** Pictures that go with a question; each opens in a tab of its own. What lies elsewhere is not loaded here. */
export function Pictures({ ids, urls }: PicturesProps) {
  const t = useTranslations("chat");
  if (ids.length + urls.length === 0) return null;
  return (
    <ul className="mb-2 flex flex-wrap items-start gap-2">
      {ids.map((id, index) => (
        <li key={id}>
          <a href={`/api/uploads/${id}/file`} target="_blank" rel="noreferrer">
            <PlainImage
              src={`/api/uploads/${id}/file`}
              alt={t("picture", { index: index + 1 })}
              loading="lazy"
              className="size-24 rounded-6 border border-hair bg-surface object-cover"
            />
          </a>
        </li>
      ))}
      {urls.map((url) => (
        <li key={url} className="max-w-full">
          <a
            href={url}
            target="_blank"
            rel="noopener noreferrer nofollow"
            className="inline-flex max-w-full items-center gap-1.5 rounded-4 border border-control bg-surface px-2 py-0.5 text-12 text-muted"
          >
            <ImageIcon size={14} strokeWidth={1.75} aria-hidden className="shrink-0" />
            <span className="truncate">{url}</span>
          </a>
        </li>
      ))}
    </ul>
  );
}
