import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { ErrorTable } from "@/components/usage/error-table";
import { UsageBreakdown } from "@/components/usage/usage-breakdown";
import { UsageSummary } from "@/components/usage/usage-summary";
import type { Usage } from "@/lib/shared/schemas/usage";
import en from "@/messages/en.json";

const text = (html: string) => html.replace(/<[^>]*>/g, "").replaceAll("&amp;", "&");

/** The parts of the usage page that are made of its numbers, as the server writes them. */
function render(usage: Usage): string {
  return renderToStaticMarkup(
    <NextIntlClientProvider locale="en" messages={en} timeZone="Asia/Shanghai">
      <UsageSummary usage={usage} />
      <UsageBreakdown
        usage={usage}
        measure="calls"
        measureHrefs={{ calls: "/usage", credits: "/usage" }}
        groupTitle="groups"
        nameOf={(key) => key}
      />
      <ErrorTable usage={usage} />
    </NextIntlClientProvider>,
  );
}

/** What a reader of the page sees: the cards by name, the table of groups by key, and all errors together. */
export function readUsagePage(usage: Usage) {
  const html = render(usage);
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
