import type { ReactNode } from "react";
import { Workbench } from "@/components/layout/workbench";
import { requirePageActor } from "@/lib/server/auth/page-actor";

export default async function WorkbenchLayout({ children }: { children: ReactNode }) {
  const { name, role } = await requirePageActor();
  return (
    <Workbench name={name} isAdministrator={role === "administrator"}>
      {children}
    </Workbench>
  );
}
