// npm run db -- new NAME | apply | status : migrations of the configured or the embedded database.
import { prepare } from "./lib/prepare.mjs";

await prepare();
const { openConfiguredDatabase } = await import("./lib/database-config.mjs");
const { applyMigrations, createMigration, findDrift } = await import("./lib/migrations.mjs");

const [command, name] = process.argv.slice(2);

const COMMANDS = {
  apply: async (config) => {
    const names = await applyMigrations(config);
    console.log(names.length === 0 ? "Nothing to apply." : `Applied: ${names.join(", ")}`);
    return 0;
  },
  status: async (config) => {
    const faults = await findDrift(config);
    for (const fault of faults) console.log(fault);
    if (faults.length === 0) console.log("Database, migrations and schema agree.");
    return faults.length === 0 ? 0 : 1;
  },
  new: async (config) => {
    const directory = await createMigration(config, name);
    console.log(directory ? `Written: ${directory}` : "schema.prisma has no changes.");
    return 0;
  },
};

const isNamed = command !== "new" || /^\w[\w-]*$/.test(name ?? "");
if (!Object.hasOwn(COMMANDS, command ?? "") || !isNamed) {
  console.error("Usage: npm run db -- new NAME | apply | status");
  process.exit(2);
}

let code = 1;
const database = await openConfiguredDatabase();
try {
  code = await COMMANDS[command](database.config);
} catch (error) {
  console.error(error.message);
} finally {
  await database.release();
}
process.exit(code); // the engine leaves a timer of ten seconds behind
