import { answer } from "@/lib/server/http/answers";
import { defineRoute } from "@/lib/server/http/define-route";
import { getWeather } from "@/lib/server/services/weather-report";
import { weatherSchema } from "@/lib/shared/schemas/weather";

export const GET = defineRoute({
  handler: async ({ actor }) => answer(weatherSchema, await getWeather(actor)),
});
