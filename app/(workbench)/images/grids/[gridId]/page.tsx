import { getTranslations } from "next-intl/server";
import { cache } from "react";
import { orNotFound } from "@/app/or-not-found";
import { GridBoard } from "@/components/images/grid-board";
import { BackLink } from "@/components/layout/back-link";
import { PageBar } from "@/components/layout/page-bar";
import { requirePageActor } from "@/lib/server/auth/page-actor";
import { readGrid } from "@/lib/server/services/image-grids";

type Props = { params: Promise<{ gridId: string }> };

/** Once for the page and its title. */
const loadGrid = cache(async (gridId: string) =>
  orNotFound(readGrid(await requirePageActor(), gridId)),
);

async function toTitle({ params }: Props) {
  const [{ plan }, t] = await Promise.all([
    loadGrid((await params).gridId),
    getTranslations("image"),
  ]);
  return t("gridTitle", { columns: plan.x.values.length, rows: plan.y?.values.length ?? 1 });
}

export async function generateMetadata(props: Props) {
  return { title: await toTitle(props) };
}

export default async function GridPage(props: Props) {
  const { gridId } = await props.params;
  const [grid, title, t] = await Promise.all([
    loadGrid(gridId),
    toTitle(props),
    getTranslations("image"),
  ]);
  return (
    <>
      <PageBar>
        <BackLink href="/images" label={t("back")} />
        <h1 className="truncate text-14">{title}</h1>
      </PageBar>
      <GridBoard key={grid.id} initial={grid} />
    </>
  );
}
