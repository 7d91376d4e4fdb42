import { defineConfig } from "prisma/config";

// For a database that is there, with Prisma's own engine. The build has a configuration of its own:
// prisma/src/main/node/offline.config.ts.
export default defineConfig({
  schema: "prisma/schema.prisma",
  migrations: { path: "prisma/migrations" },
  engine: "classic",
  datasource: { url: process.env.DATABASE_URL ?? "" },
});
