import { useTranslations } from "next-intl";

/** Pictures that go with a question; each opens in a tab of its own. */
export function Pictures({ ids }: { ids: readonly string[] }) {
  const t = useTranslations("chat");
  if (ids.length === 0) return null;
  return (
    <ul className="mb-2 flex flex-wrap gap-2">
      {ids.map((id, index) => (
        <li key={id}>
          <a href={`/api/uploads/${id}/file`} target="_blank" rel="noreferrer">
            {/* biome-ignore lint/performance/noImgElement: a private picture, which no optimiser may see */}
            <img
              src={`/api/uploads/${id}/file`}
              alt={t("picture", { index: index + 1 })}
              loading="lazy"
              className="size-24 rounded-6 border border-hair bg-surface object-cover"
            />
          </a>
        </li>
      ))}
    </ul>
  );
}
