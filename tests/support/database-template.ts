import pg from "pg";
import type { TestProject } from "vitest/node";
import { startTestDatabase } from "./test-database";

declare module "vitest" {
  interface ProvidedContext {
    databaseAddress: { host: string; port: number; user: string };
  }
}

/** Starts the test server and makes the migrated template that each worker copies. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const database = await startTestDatabase();
  const { address } = database;
  const client = new pg.Client({ ...address, database: "postgres" });
  await client.connect();
  await client.query("drop database if exists template_app with (force)");
  await client.query("create database template_app");
  await client.end();
  const { applyMigrations } = (await import("../../scripts/lib/migrations.mjs" as string)) as {
    applyMigrations: (config: object) => Promise<string[]>;
  };
  await applyMigrations({ ...address, database: "template_app" });
  project.provide("databaseAddress", address);
  return () => database.stop();
}
