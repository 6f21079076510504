"use client";

import { ChevronDown } from "lucide-react";
import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { useId, useState } from "react";
import { cn } from "@/lib/shared/cn";
import { isErrorCode } from "@/lib/shared/errors";
import type { UsageCall } from "@/lib/shared/schemas/usage";
import { CopyButton } from "../common/copy-button";
import { IconButton } from "../ui/icon-button";
import { Light, type LightState } from "../ui/light";
import { WIDE } from "./ledger-columns";
import { useFigures } from "./use-figures";

const LIGHTS: Record<UsageCall["status"], LightState> = {
  open: "running",
  complete: "done",
  stopped: "stopped",
  interrupted: "warning",
  failed: "failed",
  unknown: "unknown",
};

/** Where a call's answer or picture is; null once that is deleted. */
function pagePathOf({ conversationId, imageId }: UsageCall): string | null {
  if (conversationId) return `/chat/${conversationId}`;
  return imageId && `/images/${imageId}`;
}

/** One call; opens to what is known of it beyond the columns. */
export function LedgerRow({ call }: { call: UsageCall }) {
  const t = useTranslations("usage");
  const [isOpen, setIsOpen] = useState(false);
  const id = useId();
  const path = pagePathOf(call);
  return (
    <>
      <tr className="border-b border-hair [&>td]:py-2 [&>td]:pr-4 max-sm:[&>td]:pr-2.5">
        <Identity call={call} path={path} />
        <Measurements call={call} />
        <td className="pr-0!">
          <IconButton
            label={t(isOpen ? "closeCall" : "openCall")}
            aria-expanded={isOpen}
            aria-controls={id}
            onClick={() => setIsOpen(!isOpen)}
          >
            <ChevronDown
              size={16}
              strokeWidth={1.75}
              aria-hidden
              className={cn(isOpen && "rotate-180")}
            />
          </IconButton>
        </td>
      </tr>
      {isOpen && (
        <tr id={id} className="border-b border-hair bg-well">
          <td colSpan={10} className="px-3 py-3">
            <CallDetails call={call} path={path} />
          </td>
        </tr>
      )}
    </>
  );
}

const TIME = {
  month: "2-digit",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  hourCycle: "h23",
} as const;

/** When, what for, which model, and how it ended. */
function Identity({ call, path }: { call: UsageCall; path: string | null }) {
  const t = useTranslations("usage");
  const tError = useTranslations("errors");
  const format = useFormatter();
  const time = format.dateTime(new Date(call.startedAt), TIME);
  const error = call.errorCode && isErrorCode(call.errorCode) && tError(call.errorCode);
  return (
    <>
      <td className={`font-mono text-12 whitespace-nowrap ${WIDE}`}>{time}</td>
      <td className={`whitespace-nowrap ${WIDE}`}>{t(`kind.${call.kind}`)}</td>
      <td className="mono max-sm:wrap-anywhere">
        {path ? (
          <Link href={path} className="text-ink underline-offset-2 hover:underline">
            {call.model}
          </Link>
        ) : (
          call.model
        )}
        <span className="block text-12 whitespace-nowrap text-muted sm:hidden">{time}</span>
      </td>
      <td>
        <span className="flex items-center gap-2 whitespace-nowrap">
          <Light state={LIGHTS[call.status]} />
          <span className="max-sm:sr-only">{t(`status.${call.status}`)}</span>
        </span>
        {error && <span className={`block text-12 text-muted ${WIDE}`}>{error}</span>}
      </td>
    </>
  );
}

/** How the tokens of a call are written: pictures have none, of others they may not be known. */
function useTokens() {
  const t = useTranslations("usage");
  const { known } = useFigures();
  return ({ kind, inputTokens, outputTokens }: UsageCall) => {
    if (kind === "image" || kind === "edit") return "—";
    if (inputTokens === null || outputTokens === null) return t("notReported");
    return `${known(inputTokens)} / ${known(outputTokens)}`;
  };
}

/** How long it took, and what it took. */
function Measurements({ call }: { call: UsageCall }) {
  const t = useTranslations("usage");
  const { credits, seconds } = useFigures();
  const toTokens = useTokens();
  return (
    <>
      <td className={`text-right font-mono text-12 ${WIDE}`}>{seconds(call.firstTokenMs)}</td>
      <td className="text-right font-mono text-12">{seconds(call.totalMs)}</td>
      <td className={`text-right font-mono text-12 whitespace-nowrap text-ink ${WIDE}`}>
        {toTokens(call)}
      </td>
      <td className="text-right font-mono text-12 whitespace-nowrap text-ink">
        {call.status === "open" && call.credits !== null && "≈ "}
        {credits(call.credits)}
      </td>
      <td className={`text-12 whitespace-nowrap text-muted ${WIDE}`}>
        {call.priceSource ? t(`priceSource.${call.priceSource}`) : "—"}
      </td>
    </>
  );
}

/** Without a word of what was asked or answered: fit to be sent to whoever helps. */
const toBundle = ({ conversationId: _conversation, imageId: _image, ...call }: UsageCall) =>
  JSON.stringify(call, null, 2);

function CallDetails({ call, path }: { call: UsageCall; path: string | null }) {
  const t = useTranslations("usage");
  const tError = useTranslations("errors");
  const { known, seconds } = useFigures();
  const toTokens = useTokens();
  const onPhones = [
    [t("column.status"), t(`status.${call.status}`)],
    ...(call.errorCode && isErrorCode(call.errorCode)
      ? [[t("errors"), tError(call.errorCode)]]
      : []),
    [t("column.kind"), t(`kind.${call.kind}`)],
    [t("firstSeconds"), seconds(call.firstTokenMs)],
    [t("tokens"), toTokens(call)],
    [t("priceColumn"), call.priceSource ? t(`priceSource.${call.priceSource}`) : "—"],
  ];
  const facts = [
    ["requestId", call.upstreamRequestId ?? "—"],
    ["callId", call.id],
    ["provider", `${call.provider} · ${call.protocol}`],
    ["reasoning", call.reasoningTokens === null ? "—" : known(call.reasoningTokens)],
    ["charged", t(call.isCall ? "chargedYes" : "chargedNo")],
  ] as const;
  return (
    <div className="flex flex-wrap items-start gap-x-8 gap-y-2 text-12">
      <dl className="grid grid-cols-[auto_auto] gap-x-4 gap-y-1">
        {onPhones.map(([name, value]) => (
          <div key={name} className="contents sm:hidden">
            <dt className="text-muted">{name}</dt>
            <dd className="font-mono text-ink">{value}</dd>
          </div>
        ))}
        {facts.map(([key, value]) => (
          <div key={key} className="contents">
            <dt className="text-muted">{t(`detail.${key}`)}</dt>
            <dd className="font-mono break-all text-ink">{value}</dd>
          </div>
        ))}
      </dl>
      <span className="flex items-center gap-3">
        {path && (
          <Link href={path} className="text-signal underline underline-offset-2">
            {t(call.conversationId ? "toConversation" : "toPicture")}
          </Link>
        )}
        <span className="flex items-center gap-1">
          {t("bundle")}
          <CopyButton text={toBundle(call)} label={t("copyBundle")} />
        </span>
      </span>
    </div>
  );
}
