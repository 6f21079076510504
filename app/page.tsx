import { redirect } from "next/navigation";
import { findPageActor } from "@/lib/server/auth/page-actor";
import { isSetupOpen } from "@/lib/server/services/setup";

export default async function StartPage() {
  if (await findPageActor()) redirect("/chat");
  redirect((await isSetupOpen()) ? "/setup" : "/sign-in");
}
