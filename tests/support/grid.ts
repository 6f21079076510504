import { GET as getGrid } from "@/app/api/grids/[id]/route";
import { POST as runGrid } from "@/app/api/grids/[id]/run/route";
import { POST as createGrid } from "@/app/api/grids/route";
import type { GridView } from "@/lib/shared/schemas/grid";
import { call, type TestUser } from "./api";

/** Three seeds by three steps, of a model that costs one Magicube. */
export const THREE_BY_THREE = {
  order: { model: "Tongyi-MAI/Z-Image-Turbo", prompt: "A golden cat", size: "512x512" },
  x: { key: "seed", values: [1, 2, 3] },
  y: { key: "steps", values: [7, 8, 9] },
};

export const orderGrid = (user: TestUser, body: object, key: string = crypto.randomUUID()) =>
  call(createGrid, { method: "POST", user, body, headers: { "idempotency-key": key } });

export const runMissing = (
  user: TestUser,
  id: string,
  body: object = {},
  key: string = crypto.randomUUID(),
) =>
  call(runGrid, {
    method: "POST",
    user,
    body,
    params: { id },
    headers: { "idempotency-key": key },
  });

export const gridOf = async (response: Response) => (await response.json()) as GridView;

export const readGrid = async (user: TestUser, id: string) =>
  gridOf(await call(getGrid, { user, params: { id } }));
