import { NextIntlClientProvider } from "next-intl";
import type { ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { Elsewhere, ElsewhereNotes } from "@/components/usage/elsewhere";
import { ErrorTable } from "@/components/usage/error-table";
import { UsageBreakdown } from "@/components/usage/usage-breakdown";
import { UsageSummary } from "@/components/usage/usage-summary";
import type { OwnUsage, Usage } from "@/lib/shared/schemas/usage";
import en from "@/messages/en.json";

const text = (html: string) => html.replace(/<[^>]*>/g, "").replaceAll("&amp;", "&");

const write = (children: ReactNode): string =>
  renderToStaticMarkup(
    <NextIntlClientProvider locale="en" messages={en} timeZone="Asia/Shanghai">
      {children}
    </NextIntlClientProvider>,
  );

/** The parts of the usage page that are made of its numbers, as the server writes them. */
const render = (usage: Usage, countsTries: boolean): string =>
  write(
    <>
      <UsageSummary usage={usage} />
      <UsageBreakdown
        usage={usage}
        measure="calls"
        countsTries={countsTries}
        measureHrefs={{ calls: "/usage", credits: "/usage" }}
        groupTitle="groups"
        nameOf={(key) => key}
      />
      <ErrorTable usage={usage} />
    </>,
  );

/** What is said of Magicubes that went through other programs: the number, and how it is known. */
export const readElsewhere = ({ account, bucket }: OwnUsage) => ({
  value: write(<Elsewhere account={account} />),
  notes: text(write(<ElsewhereNotes account={account} bucket={bucket} />)),
});

/** What a reader of the page sees: the cards by name, the table of groups by key, and all errors together. */
export function readUsagePage(usage: Usage, countsTries = false) {
  const html = render(usage, countsTries);
  const cards = [...html.matchAll(/data-testid="usage-([a-z-]+)">(.*?)<\/dd>/g)];
  const rows = [...html.matchAll(/<tr class="border-b border-hair[^"]*">(.*?)<\/tr>/g)].map(
    ([, row = ""]) => [...row.matchAll(/<td[^>]*>(.*?)<\/td>/g)].map(([, cell = ""]) => text(cell)),
  );
  return {
    cards: Object.fromEntries(cards.map(([, name = "", value = ""]) => [name, text(value)])),
    groups: Object.fromEntries(rows.map(([key = "", ...cells]) => [key, cells])),
    errors: text(/<span class="text-12 text-muted">(\d[^<]*of all)<\/span>/.exec(html)?.[1] ?? ""),
  };
}
