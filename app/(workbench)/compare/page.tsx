import { getTranslations } from "next-intl/server";
import { ComparePanel } from "@/components/chat/compare-panel";
import { toTurn } from "@/components/chat/transcript-state";
import { Fresh } from "@/components/layout/fresh";
import { requirePageActor } from "@/lib/server/auth/page-actor";
import { findConversationStarts } from "@/lib/server/services/compare";
import { listModels } from "@/lib/server/services/models";
import { getTokenStatus } from "@/lib/server/services/token";
import { hasToken } from "@/lib/shared/schemas/token";

export async function generateMetadata() {
  const t = await getTranslations("compare");
  return { title: t("title") };
}

/** `c`: conversations that are compared; `m`: models that nothing was asked of yet. */
type Props = { searchParams: Promise<{ c?: string | string[]; m?: string | string[] }> };

const toList = (value: string | string[] | undefined) => [value ?? []].flat();

export default async function ComparePage({ searchParams }: Props) {
  const actor = await requirePageActor();
  const { c, m } = await searchParams;
  const [list, token] = await Promise.all([
    listModels(actor, { kind: "chat" }),
    getTokenStatus(actor),
  ]);
  const columns = await findConversationStarts(actor, { ids: toList(c), models: toList(m) }, list);
  return (
    <Fresh address="/compare">
      <ComparePanel
        starts={columns.map(({ messages, ...column }) => ({
          ...column,
          turns: messages.map(toTurn),
        }))}
        list={list}
        hasToken={hasToken(token)}
      />
    </Fresh>
  );
}
