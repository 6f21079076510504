import { useFormatter, useTranslations } from "next-intl";
import { IMAGE_PARAMS, type ImageParameters } from "@/lib/shared/image-params";

type RecipeProps = {
  /** Null = hidden. */
  words: { prompt: string; negativePrompt: string | null } | null;
  /** Null = hidden. */
  settings: Settings | null;
  createdAt: string;
};

type Settings = { model: string; parameters: ImageParameters; usedSeed: number | null };

/** What a picture was made from, value by value; what was unset says so. */
export function Recipe({ words, settings, createdAt }: RecipeProps) {
  const t = useTranslations("image");
  const format = useFormatter();
  const made = format.dateTime(new Date(createdAt), { dateStyle: "medium", timeStyle: "short" });
  return (
    <div className="divide-y divide-hair">
      {words && (
        <div className="grid gap-3 px-4 py-3">
          <Text label={t("prompt")} text={words.prompt} />
          {words.negativePrompt && <Text label={t("negativePrompt")} text={words.negativePrompt} />}
        </div>
      )}
      <dl className="divide-y divide-hair px-4 py-1 text-13">
        {settings && <SettingRows {...settings} />}
        <Row label={t("made")} value={`${made} UTC+8`} />
      </dl>
    </div>
  );
}

function SettingRows({ model, parameters, usedSeed }: Settings) {
  const t = useTranslations("image");
  const tParam = useTranslations("param");
  const rows = IMAGE_PARAMS.filter(({ key }) => key !== "negativePrompt" && key !== "seed").map(
    ({ key }) => ({ label: t(key), value: toText(parameters[key]) ?? tParam("unset") }),
  );
  const seed = parameters.seed ?? usedSeed;
  return (
    <>
      <Row label={t("model")} value={model} />
      {rows.map(({ label, value }) => (
        <Row key={label} label={label} value={value.replace(/^(\d+)x(\d+)$/, "$1×$2")} />
      ))}
      <Row
        label={t("seed")}
        value={seed === null ? tParam("unset") : String(seed)}
        note={parameters.seed === undefined && usedSeed !== null ? t("seedReturned") : undefined}
      />
    </>
  );
}

/** A value of a parameter as it is read; null where it is unset. */
function toText(value: ImageParameters[keyof ImageParameters]): string | null {
  if (value === undefined) return null;
  if (!Array.isArray(value)) return String(value);
  return value.map(({ id, weight }) => (value.length > 1 ? `${id} ${weight}` : id)).join(", ");
}

function Text({ label, text }: { label: string; text: string }) {
  return (
    <div>
      <h3 className="mb-1 text-12 font-medium text-muted">{label}</h3>
      <p className="whitespace-pre-wrap text-ink">{text}</p>
    </div>
  );
}

function Row({ label, value, note }: { label: string; value: string; note?: string | undefined }) {
  return (
    <div className="flex gap-3 py-2">
      <dt className="w-24 shrink-0 text-muted">{label}</dt>
      <dd className="min-w-0 font-mono text-12 leading-5 text-ink">
        {value} {note && <span className="font-sans text-muted">{note}</span>}
      </dd>
    </div>
  );
}
