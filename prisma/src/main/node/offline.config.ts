// Prisma's engines are downloaded at first use. The build and prisma/next-migration must work where
// their host can't be reached: they use the engine that is written in JavaScript, which can compare
// but not migrate. Its adapter refuses the types that PostgreSQL's catalogues use
// (https://github.com/prisma/orm/issues/27403): here they are taken for those that it knows.
import { PrismaPg } from "@prisma/adapter-pg";
import { ColumnTypeEnum } from "@prisma/driver-adapter-utils";
import { defineConfig } from "prisma/config";

// PostgreSQL's numbers of types: pg_type.dat in its source.
const CHAR = 18;
const AS_KNOWN = new Map([
  [CHAR, 25], // "char" as text
  [19, 25], // name as text
  [1003, 1009], // name[] as text[]
]);

function readingCatalogues(adapter: any) {
  const queryRaw = adapter.queryRaw;
  adapter.queryRaw = async (query: unknown) => {
    let types: number[] = [];
    const reader = Object.create(adapter);
    reader.performIO = async (asked: unknown) => {
      const result = await adapter.performIO(asked);
      types = result.fields.map((field: any) => field.dataTypeID);
      for (const field of result.fields) {
        field.dataTypeID = AS_KNOWN.get(field.dataTypeID) ?? field.dataTypeID;
      }
      return result;
    };
    const answer = await queryRaw.call(reader, query);
    answer.columnTypes = answer.columnTypes.map((type: number, column: number) =>
      types[column] === CHAR ? ColumnTypeEnum.Character : type,
    );
    return answer;
  };
  return adapter;
}

class CataloguePg extends PrismaPg {
  async connect() {
    return readingCatalogues(await super.connect());
  }
}

export default defineConfig({
  experimental: { adapter: true },
  engine: "js",
  adapter: async () =>
    // Idle connections would keep the command from ending for ten seconds.
    new CataloguePg({ connectionString: process.env.DATABASE_URL, allowExitOnIdle: true }),
});
