import "server-only";
import { getDb } from "./client";
import { queryNamed } from "./pool";

/** Remembers that ModelScope no longer serves a model; the first such day stays. */
export async function insertWithdrawn(site: string, model: string, at: Date): Promise<void> {
  await queryNamed(
    "insert-withdrawn",
    `insert into "WithdrawnModel" (site, model, "withdrawnAt") values ($1, $2, $3)
     on conflict (site, model) do nothing`,
    [site, model, at],
  );
}

export function findWithdrawn(site: string) {
  return getDb().withdrawnModel.findMany({
    where: { site },
    select: { model: true, withdrawnAt: true },
  });
}

/** When a model was first refused as withdrawn; null where it was not. */
export async function findWithdrawnAt(site: string, model: string): Promise<Date | null> {
  const [row] = await queryNamed<{ withdrawnAt: Date }>(
    "find-withdrawn-at",
    `select "withdrawnAt" from "WithdrawnModel" where site = $1 and model = $2`,
    [site, model],
  );
  return row?.withdrawnAt ?? null;
}

/** Forgets models that are served again. */
export async function deleteWithdrawn(site: string, models: string[]): Promise<void> {
  await getDb().withdrawnModel.deleteMany({ where: { site, model: { in: models } } });
}
