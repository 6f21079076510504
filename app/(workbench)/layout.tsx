import type { ReactNode } from "react";
import { Workbench } from "@/components/layout/workbench";
import { requirePageActor } from "@/lib/server/auth/page-actor";

export default async function WorkbenchLayout({ children }: { children: ReactNode }) {
  const { name } = await requirePageActor();
  return <Workbench name={name}>{children}</Workbench>;
}
