import { useTranslations } from "next-intl";
import { Light } from "../ui/light";

/** Whether the service can take work, as `/api/ready` says it. */
export function ServiceLight({ isReady }: { isReady: boolean }) {
  const t = useTranslations("auth");
  return (
    <span className="flex items-center gap-1.5">
      <Light state={isReady ? "done" : "warning"} />
      {t(isReady ? "serviceOk" : "serviceDegraded")}
    </span>
  );
}
