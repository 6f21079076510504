import { z } from "zod";

/** How a model did for the team in some span; of no call of anybody's more than that it was made. */
const spanSchema = z.object({
  /** Calls and attempts that ended well or failed. */
  calls: z.number(),
  /** Shares of those, 0 to 1. */
  succeeded: z.number(),
  limited: z.number(),
  /** Milliseconds to the first token, waiting in the lane left out; null where none came. */
  p50: z.number().nullable(),
  p95: z.number().nullable(),
});
export type WeatherSpan = z.infer<typeof spanSchema>;

export const modelWeatherSchema = z.object({
  hour: spanSchema.nullable(),
  day: spanSchema.nullable(),
  /** `clear`: works; `few`: failed, but of too few calls to tell; `mixed`: fails now and then; `stormy`: mostly. */
  sky: z.enum(["clear", "few", "mixed", "stormy"]),
});
export type ModelWeather = z.infer<typeof modelWeatherSchema>;

export const weatherSchema = z.object({
  readAt: z.iso.datetime(),
  models: z.array(
    modelWeatherSchema.extend({
      model: z.string(),
      /** Since when ModelScope no longer serves it. */
      withdrawnAt: z.iso.datetime().nullable(),
      /** A model of the same kind that works, where this one does not. */
      instead: z.string().nullable(),
    }),
  ),
});
export type Weather = z.infer<typeof weatherSchema>;
