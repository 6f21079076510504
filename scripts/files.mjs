// npm run files -- report | clean : rows without their file, files without a row; `clean` deletes the latter.
import { prepare } from "./lib/prepare.mjs";

await prepare();
await import("./lib/module-hooks.mjs");
const { openConfiguredDatabase } = await import("./lib/database-config.mjs");

const MIB = 1_048_576;
const [command] = process.argv.slice(2);
if (command !== "report" && command !== "clean") {
  console.error("Usage: npm run files -- report | clean");
  process.exit(2);
}

let code = 1;
const database = await openConfiguredDatabase();
try {
  Object.assign(process.env, database.env);
  const { deleteUnnamed, reportFiles } = await import("../lib/server/services/files-report.ts");
  const report = await reportFiles();
  console.log(`${report.rows} files are named by rows, ${report.files} are stored.`);
  if (report.foreign > 0) console.log(`${report.foreign} files are not ours and are left alone.`);
  for (const { table, id, key } of report.withoutFile)
    console.log(`missing  ${key}  (${table} ${id})`);
  for (const { key, sizeBytes, storedAt } of report.withoutRow) {
    const size = (sizeBytes / MIB).toFixed(2);
    console.log(`unnamed  ${key}  (${size} MiB, ${storedAt.toISOString()})`);
  }
  if (command === "clean") console.log(`Deleted: ${await deleteUnnamed(report)}`);
  code = report.withoutFile.length === 0 ? 0 : 1;
} catch (error) {
  console.error(error.message);
} finally {
  await database.release();
}
process.exit(code);
