/** @type {import('dependency-cruiser').IConfiguration} */
const PROD = "^(app|components|lib)/";
module.exports = {
  forbidden: [
    { name: "no-circular", severity: "error", from: { path: PROD }, to: { circular: true } },
    {
      name: "shared-is-pure",
      severity: "error",
      comment: "lib/shared runs anywhere: zod and itself only.",
      from: { path: "^lib/shared/", pathNot: "\\.test\\.ts$" },
      to: { pathNot: ["^lib/shared/", "node_modules/zod"] },
    },
    {
      name: "client-only-sees-shared",
      severity: "error",
      from: { path: "^lib/client/" },
      to: { path: "^(app|components|prisma|tests|lib/server)/" },
    },
    {
      name: "ui-never-reaches-server",
      severity: "error",
      comment: "Not even through another module.",
      from: { path: "^(components|lib/client)/" },
      to: { path: "^(lib/server|prisma)/", reachable: true },
    },
    {
      name: "ui-primitives-have-no-domain",
      severity: "error",
      from: { path: "^components/ui/" },
      to: { path: "^(app|components/(?!ui/)|lib/(?!shared/cn))" },
    },
    {
      name: "features-do-not-touch-each-other",
      severity: "error",
      comment: "Compose features in app/.",
      from: { path: "^components/(?!ui/|common/|layout/)([^/]+)/" },
      to: { path: "^components/(?!ui/|common/|layout/)([^/]+)/", pathNot: "^components/$1/" },
    },
    {
      name: "common-does-not-know-features",
      severity: "error",
      from: { path: "^components/(common|layout)/" },
      to: { path: "^components/(?!ui/|common/|layout/)" },
    },
    {
      name: "only-routes-use-http",
      severity: "error",
      from: { path: PROD, pathNot: ["^app/(api|s)/.*route\\.ts$", "^lib/server/http/"] },
      to: { path: "^lib/server/http/" },
    },
    {
      name: "nothing-imports-app",
      severity: "error",
      from: { path: "^(components|lib)/" },
      to: { path: "^app/" },
    },
    {
      name: "prisma-client-stays-in-db",
      severity: "error",
      from: { path: PROD, pathNot: "^lib/server/db/" },
      to: { path: "(@prisma/client|^lib/server/db/client|^prisma/generated)" },
    },
    {
      name: "db-is-reached-through-services",
      severity: "error",
      from: { path: PROD, pathNot: "^lib/server/(db|services|auth|runs)/" },
      to: { path: "^lib/server/db/" },
    },
    {
      name: "upstream-is-reached-through-services",
      severity: "error",
      from: { path: PROD, pathNot: "^lib/server/(modelscope|net|storage|services|runs)/" },
      to: { path: "^lib/server/(modelscope|net|storage)/" },
    },
    {
      name: "adapters-do-not-call-each-other",
      severity: "error",
      comment: "db and modelscope meet only in services.",
      from: { path: "^lib/server/(db|modelscope|crypto|storage|net)/" },
      to: {
        path: "^lib/server/(db|modelscope|crypto|storage|net|services|runs|http|auth)/",
        pathNot: ["^lib/server/$1/", "^lib/server/net/(upstream|object-store)\\.ts$"],
      },
    },
    {
      name: "only-modelscope-calls-upstream",
      severity: "error",
      comment: "The token-setting fetch belongs to the adapter; others may know its types.",
      from: { path: PROD, pathNot: "^lib/server/(modelscope|net)/" },
      to: { path: "^lib/server/net/upstream\\.ts$", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "services-do-not-know-http-or-session",
      severity: "error",
      from: { path: "^lib/server/services/" },
      to: { path: "^(lib/server/(http|auth)/|app/|next/|next$|node_modules/next/)" },
    },
    {
      name: "routes-are-thin",
      severity: "error",
      comment: "A route may import only the route builder, services and schemas.",
      from: { path: "^app/(api|s)/.*route\\.ts$", pathNot: "^app/api/auth/" },
      to: {
        pathNot: ["^lib/server/(http/(define-route|answers)\\.ts$|services/)", "^lib/shared/", "node_modules/zod"],
      },
    },
    {
      name: "tests-are-leaves",
      severity: "error",
      from: { path: PROD, pathNot: "\\.test\\.tsx?$" },
      to: { path: "^tests/" },
    },
    {
      name: "runs-and-jobs",
      severity: "error",
      comment: "jobs call services; runs are called by services.",
      from: { path: "^lib/server/jobs/" },
      to: { path: "^lib/server/(db|modelscope|net|storage|runs|http|auth)/" },
    },
    {
      name: "simulator-stands-alone",
      severity: "error",
      from: { path: "^simulator/" },
      to: { path: "^(app|components|lib|prisma|tests)/" },
    },
    {
      name: "nothing-imports-simulator",
      severity: "error",
      from: { path: PROD, pathNot: "\\.test\\.tsx?$" },
      to: { path: "^(simulator|scripts)/" },
    },
    { name: "no-unresolvable", severity: "error", from: { path: PROD }, to: { couldNotResolve: true } },
  ],
  required: [
    {
      name: "server-files-are-server-only",
      severity: "error",
      comment: "Every file of lib/server imports server-only, so that no island can pull it in.",
      module: { path: "^lib/server/", pathNot: "\\.test\\.ts$" },
      to: { path: "server-only" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: ["\\.next/"] },
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
    },
  },
};
