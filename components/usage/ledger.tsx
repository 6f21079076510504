import { Search } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { USAGE_KINDS, USAGE_STATUSES, type UsageCall } from "@/lib/shared/schemas/usage";
import { toUsageHref, type UsageView } from "@/lib/shared/usage-view";
import { buttonClasses } from "../ui/button";
import { Tag } from "../ui/tag";
import { WIDE } from "./ledger-columns";
import { LedgerRow } from "./ledger-row";

type LedgerProps = {
  calls: readonly UsageCall[];
  nextCursor: string | null;
  view: UsageView;
};

const HASH = "#ledger";

/** The calls of the range, one row each, filtered and paged by the address. */
export function Ledger({ calls, nextCursor, view }: LedgerProps) {
  const t = useTranslations("usage");
  return (
    <section id="ledger" className="scroll-mt-2 px-5 py-4" aria-labelledby="ledger-title">
      <div className="flex flex-wrap items-center gap-3">
        <h2 id="ledger-title" className="text-14">
          {t("ledger")} <span className="text-12 font-normal text-muted">{t("ledgerHint")}</span>
        </h2>
        <LedgerFilters view={view} />
      </div>
      <div className="relative mt-2 overflow-x-auto">
        <table className="w-full text-13 sm:min-w-[860px]">
          <thead>
            <tr className="border-b border-rule text-12 whitespace-nowrap text-muted [&>th]:py-2 [&>th]:pr-4 max-sm:[&>th]:pr-2.5 [&>th]:text-left [&>th]:font-medium">
              <th scope="col" className={WIDE}>
                {t("timeColumn")}
              </th>
              <th scope="col" className={WIDE}>
                {t("column.kind")}
              </th>
              <th scope="col">{t("column.model")}</th>
              <th scope="col">
                <span className="max-sm:sr-only">{t("column.status")}</span>
              </th>
              <th scope="col" className={`text-right! ${WIDE}`}>
                {t("firstSeconds")}
              </th>
              <th scope="col" className="text-right!">
                {t("totalSeconds")}
              </th>
              <th scope="col" className={`text-right! ${WIDE}`}>
                {t("tokens")}
              </th>
              <th scope="col" className="text-right!">
                {t("credits")}
              </th>
              <th scope="col" className={WIDE}>
                {t("priceColumn")}
              </th>
              <th scope="col" className="pr-0!">
                <span className="sr-only">{t("openCall")}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {calls.map((call) => (
              <LedgerRow key={call.id} call={call} />
            ))}
            {calls.length === 0 && (
              <tr>
                <td colSpan={10} className="py-3 text-muted">
                  {t(isFiltered(view) ? "noneOfThese" : "empty")}
                </td>
              </tr>
            )}
          </tbody>
        </table>
      </div>
      <div className="mt-3 flex gap-2">
        {view.cursor && (
          <Link href={toUsageHref(view, {}, HASH)} className={buttonClasses("outlined", "compact")}>
            {t("firstPage")}
          </Link>
        )}
        {nextCursor && (
          <Link
            href={toUsageHref(view, { cursor: nextCursor }, HASH)}
            className={buttonClasses("outlined", "compact")}
          >
            {t("nextPage")}
          </Link>
        )}
      </div>
    </section>
  );
}

const isFiltered = ({ kind, status, error, model, troubled }: UsageView) =>
  (kind ?? status ?? error ?? model ?? troubled) !== undefined;

const BOX =
  "h-8 rounded-4 border border-control bg-surface px-2 text-12 text-ink max-sm:h-11 max-sm:text-[16px]";

/** Sent as part of the address; works before anything of the page's own code is there. */
function LedgerFilters({ view }: { view: UsageView }) {
  const t = useTranslations("usage");
  const tError = useTranslations("errors");
  const { kind, status, error, model, troubled, cursor: _cursor, ...kept } = view;
  return (
    <form
      action={`/usage${HASH}`}
      className="ml-auto flex flex-wrap items-center gap-2 max-sm:ml-0"
      aria-label={t("filters")}
    >
      {Object.entries({ ...kept, error }).map(
        ([name, value]) =>
          value !== undefined && <input key={name} type="hidden" name={name} value={value} />,
      )}
      <span className="relative">
        <Search
          size={14}
          strokeWidth={1.75}
          aria-hidden
          className="absolute top-1/2 left-2 -translate-y-1/2 text-muted"
        />
        <input
          key={model}
          type="search"
          name="model"
          defaultValue={model}
          maxLength={200}
          placeholder={t("modelSearch")}
          aria-label={t("modelSearch")}
          className={`${BOX} w-44 pl-7`}
        />
      </span>
      <select
        key={`kind ${kind}`}
        name="kind"
        defaultValue={kind ?? ""}
        aria-label={t("column.kind")}
        className={BOX}
      >
        <option value="">{t("anyKind")}</option>
        {USAGE_KINDS.map((one) => (
          <option key={one} value={one}>
            {t(`kind.${one}`)}
          </option>
        ))}
      </select>
      <select
        key={`status ${status}`}
        name="status"
        defaultValue={status ?? ""}
        aria-label={t("column.status")}
        className={BOX}
      >
        <option value="">{t("anyStatus")}</option>
        {USAGE_STATUSES.map((one) => (
          <option key={one} value={one}>
            {t(`status.${one}`)}
          </option>
        ))}
      </select>
      <label className="flex items-center gap-1.5 text-12 max-sm:min-h-11">
        <input
          key={troubled}
          type="checkbox"
          name="troubled"
          value="1"
          defaultChecked={troubled === "1"}
        />
        {t("troubled")}
      </label>
      {error && <Tag>{tError(error)}</Tag>}
      <button type="submit" className={buttonClasses("outlined", "compact")}>
        {t("filter")}
      </button>
      {isFiltered(view) && (
        <Link
          href={toUsageHref(
            view,
            {
              kind: undefined,
              status: undefined,
              error: undefined,
              model: undefined,
              troubled: undefined,
            },
            HASH,
          )}
          className={buttonClasses("quiet", "compact")}
        >
          {t("clearFilter")}
        </Link>
      )}
    </form>
  );
}
