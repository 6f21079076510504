import "server-only";
import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "@/prisma/generated/client";
import { toDatabaseError } from "./faults";
import { getPool, reportSlowQuery } from "./pool";

function createClient() {
  const client = new PrismaClient({
    adapter: new PrismaPg(getPool()),
    log: [{ emit: "event", level: "query" }],
    // Secrets never leave the database by being selected along with the rest.
    omit: {
      user: { passwordHash: true },
      session: { secretHash: true },
      invite: { secretHash: true },
      modelScopeToken: { sealed: true },
      shareLink: { slugHash: true, sealedSlug: true },
    },
  });
  client.$on("query", (event) => reportSlowQuery(event.query, event.duration));
  return client.$extends({
    query: {
      $allOperations: async ({ args, query }) => {
        try {
          return await query(args);
        } catch (error) {
          throw toDatabaseError(error);
        }
      },
    },
  });
}

const store = globalThis as unknown as { __mspPrisma?: ReturnType<typeof createClient> };

/** The Prisma client of this process, on the shared pool. Only lib/server/db sees it. */
export function getDb(): ReturnType<typeof createClient> {
  store.__mspPrisma ??= createClient();
  return store.__mspPrisma;
}
