"use client";

import { useEffect, useState } from "react";
import { type ApiError, asApiError, callApi, sendApi } from "@/lib/client/api";
import type { ChatSettings } from "@/lib/shared/schemas/chat";
import { type Preset, presetListSchema, presetSchema } from "@/lib/shared/schemas/preset";

const PATH = "/api/presets";

/** The user's own preset of a name. */
export const findOwn = (presets: readonly Preset[] | null, name: string) =>
  presets?.find((preset) => preset.isOwn && preset.name === name.trim());

/** The user's presets and those of the team; null until they are read. */
export function usePresets() {
  const [presets, setPresets] = useState<Preset[] | null>(null);
  const [fault, setFault] = useState<ApiError | null>(null);
  const read = () =>
    callApi(presetListSchema, PATH).then(
      (list) => setPresets(list.presets),
      (error) => setFault(asApiError(error)),
    );
  useEffect(() => {
    callApi(presetListSchema, PATH).then(
      (list) => setPresets(list.presets),
      (error) => setFault(asApiError(error)),
    );
  }, []);
  const attempt = async (work: () => Promise<unknown>): Promise<boolean> => {
    setFault(null);
    try {
      await work();
      await read();
      return true;
    } catch (error) {
      setFault(asApiError(error));
      return false;
    }
  };
  return {
    presets,
    fault,
    /** Under a name of one's own it takes the place of what was there. */
    save: (preset: { name: string; model: string; settings: ChatSettings; isShared: boolean }) => {
      const before = findOwn(presets, preset.name);
      return attempt(() =>
        before
          ? callApi(presetSchema, `${PATH}/${before.id}`, { method: "PATCH", body: preset })
          : callApi(presetSchema, PATH, { method: "POST", body: preset }),
      );
    },
    share: ({ id }: Preset, isShared: boolean) =>
      attempt(() =>
        callApi(presetSchema, `${PATH}/${id}`, { method: "PATCH", body: { isShared } }),
      ),
    remove: ({ id }: Preset) => attempt(() => sendApi(`${PATH}/${id}`, { method: "DELETE" })),
  };
}
