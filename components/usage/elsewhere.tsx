import { useTranslations } from "next-intl";
import type { OwnUsage } from "@/lib/shared/schemas/usage";
import { useFigures } from "./use-figures";

type ElsewhereProps = { account: OwnUsage["account"] };

/** Magicubes of a range that went through other programs. */
export function Elsewhere({ account }: ElsewhereProps) {
  const { credits } = useFigures();
  return credits(account?.elsewhere ?? null);
}

/** How that is known, and what is not. */
export function ElsewhereNotes({ account, bucket }: ElsewhereProps & Pick<OwnUsage, "bucket">) {
  const t = useTranslations("usage");
  const { credits } = useFigures();
  const notes = [
    bucket === "hour" && t("elsewhereByDay"),
    account && t("account", { days: account.days }),
    account && account.unclear > 0 && t("accountUnclear", { credits: credits(account.unclear) }),
  ].filter((note) => typeof note === "string");
  return notes.map((note) => (
    <p key={note} className="mt-2 text-12 text-muted">
      {note}
    </p>
  ));
}
