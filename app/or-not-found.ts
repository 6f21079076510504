import { notFound } from "next/navigation";
import { AppError } from "@/lib/shared/errors";

/** What a page shows; the page for what is missing where a service throws `not_found`. */
export async function orNotFound<Value>(work: Promise<Value>): Promise<Value> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof AppError && error.code === "not_found") notFound();
    throw error;
  }
}
