import { PrismaPg } from "@prisma/adapter-pg";
import { defineConfig } from "prisma/config";

// Prisma's engines are downloaded at first use. Where their host can't be reached, the checks of the
// build use the engine that is written in JavaScript, which can compare but not migrate.
const offline = process.env.PRISMA_QUERY_ENGINE_LIBRARY !== undefined;

export default defineConfig({
  schema: "prisma/schema.prisma",
  migrations: { path: "prisma/migrations" },
  ...(offline
    ? {
        experimental: { adapter: true },
        engine: "js",
        adapter: async () => new PrismaPg({ connectionString: process.env.DATABASE_URL }),
      }
    : { engine: "classic", datasource: { url: process.env.DATABASE_URL ?? "" } }),
});
