import { getTranslations } from "next-intl/server";
import { PageBar } from "@/components/layout/page-bar";
import { WeatherTable } from "@/components/weather/weather-table";
import { requirePageActor } from "@/lib/server/auth/page-actor";
import { getWeather } from "@/lib/server/services/weather-report";

export async function generateMetadata() {
  const t = await getTranslations("weather");
  return { title: t("title") };
}

export default async function WeatherPage() {
  const actor = await requirePageActor();
  const [t, { models }] = await Promise.all([getTranslations("weather"), getWeather(actor)]);
  return (
    <>
      <PageBar title={t("title")} />
      <main className="relative min-h-0 flex-1 overflow-y-auto p-6 max-sm:p-4">
        <p className="text-13 text-muted">{t("note")}</p>
        <div className="mt-4 rounded-6 border border-hair bg-surface">
          <WeatherTable models={models} />
        </div>
      </main>
    </>
  );
}
