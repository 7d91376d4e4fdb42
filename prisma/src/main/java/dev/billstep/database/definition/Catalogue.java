package dev.billstep.database.definition;

import dev.billstep.database.definition.DatabaseObject.ActiveVersion;
import dev.billstep.database.definition.DatabaseObject.Check;
import dev.billstep.database.definition.DatabaseObject.DocTypeVersion;
import dev.billstep.database.definition.DatabaseObject.Policy;
import dev.billstep.database.definition.DatabaseObject.Privileges;
import dev.billstep.database.definition.DatabaseObject.RowSecurity;
import dev.billstep.database.definition.DatabaseObject.Setting;
import dev.billstep.database.definition.DatabaseObject.SqlFunction;
import dev.billstep.database.definition.DatabaseObject.TablePart;
import dev.billstep.database.definition.DatabaseObject.Trigger;
import dev.billstep.database.definition.Difference.Changed;
import dev.billstep.database.definition.Difference.Missing;
import dev.billstep.database.definition.Difference.Surplus;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.sql.DataSource;

/** What a database is made of, by name. */
record Catalogue(SortedMap<String, DatabaseObject> objects) {
  private static final Map<String, Reading> QUERIES = Map.of(
    // PostgreSQL 18 lists NOT NULL among the constraints; it is in the column's line.
    """
    SELECT 'table ' || oid::regclass, '' FROM pg_class
      WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
    UNION ALL
    SELECT format('column %s.%I', attrelid::regclass, attname),
        format_type(atttypid, atttypmod) || CASE WHEN attnotnull THEN ' NOT NULL' ELSE '' END ||
        coalesce(' DEFAULT ' || pg_get_expr(adbin, adrelid), '')
      FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
        LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
      WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
        AND attnum > 0 AND NOT attisdropped
    UNION ALL
    SELECT 'index ' || indexrelid::regclass, pg_get_indexdef(indexrelid)
      FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
      WHERE relnamespace = 'public'::regnamespace
    UNION ALL
    SELECT format('constraint %I on %s', conname, conrelid::regclass), pg_get_constraintdef(oid)
      FROM pg_constraint
      WHERE connamespace = 'public'::regnamespace AND conrelid <> 0
        AND contype NOT IN ('c', 'n', 't')
    UNION ALL
    SELECT 'enum ' || enumtypid::regtype, string_agg(enumlabel, E'\\n' ORDER BY enumsortorder)
      FROM pg_enum JOIN pg_type ON pg_type.oid = enumtypid
      WHERE typnamespace = 'public'::regnamespace GROUP BY enumtypid
    """,
    row -> new TablePart(row.getString(1), row.getString(2)),
    """
    SELECT quote_ident(conname), conrelid::regclass::text, pg_get_constraintdef(oid)
      FROM pg_constraint
      WHERE connamespace = 'public'::regnamespace AND conrelid <> 0 AND contype = 'c'
    """,
    row -> new Check(row.getString(1), row.getString(2), row.getString(3)),
    """
    SELECT proname, oid::regprocedure::text,
        pg_get_function_arguments(oid) || ' ' || coalesce(pg_get_function_result(oid), ''),
        pg_get_functiondef(oid)
      FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prokind IN ('f', 'p')
    """,
    row -> new SqlFunction(row.getString(1), row.getString(2), row.getString(3), row.getString(4)),
    """
    SELECT quote_ident(tgname), tgrelid::regclass::text, proname,
        pg_get_triggerdef(pg_trigger.oid) || CASE tgenabled WHEN 'O' THEN '' ELSE ' -- ' || tgenabled::text END
      FROM pg_trigger
        JOIN pg_class ON pg_class.oid = tgrelid
        JOIN pg_proc ON pg_proc.oid = tgfoid
      WHERE relnamespace = 'public'::regnamespace AND NOT tgisinternal
    """,
    row -> new Trigger(row.getString(1), row.getString(2), row.getString(3), row.getString(4)),
    """
    SELECT quote_ident(polname), polrelid::regclass::text,
        format('CREATE POLICY %I ON %s AS %s FOR %s TO %s', polname, polrelid::regclass,
          CASE WHEN polpermissive THEN 'PERMISSIVE' ELSE 'RESTRICTIVE' END,
          CASE polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE'
            WHEN 'd' THEN 'DELETE' ELSE 'ALL' END,
          (SELECT string_agg(CASE role WHEN 0 THEN 'PUBLIC' ELSE role::regrole::text END, ', '
              ORDER BY role::regrole::text)
            FROM unnest(polroles) AS role)) ||
        coalesce(E'\\n  USING (' || pg_get_expr(polqual, polrelid) || ')', '') ||
        coalesce(E'\\n  WITH CHECK (' || pg_get_expr(polwithcheck, polrelid) || ')', '')
      FROM pg_policy JOIN pg_class ON pg_class.oid = polrelid
      WHERE relnamespace = 'public'::regnamespace
    """,
    row -> new Policy(row.getString(1), row.getString(2), row.getString(3)),
    """
    SELECT oid::regclass::text, mode
      FROM pg_class, (VALUES ('ENABLE', true), ('FORCE', false)) AS modes (mode, enabled)
      WHERE relnamespace = 'public'::regnamespace
        AND CASE WHEN enabled THEN relrowsecurity ELSE relforcerowsecurity END
    """,
    row -> new RowSecurity(row.getString(1), row.getString(2)),
    // Without what the owner may do. A list that is not there means PostgreSQL's own defaults.
    """
    SELECT scope, thing, CASE grantee WHEN 0 THEN 'PUBLIC' ELSE grantee::regrole::text END,
        array_agg(privilege ORDER BY privilege)
      FROM (
        SELECT '' AS scope, 'TABLE ' || oid::regclass AS thing, relowner AS owner, grantee,
            privilege_type AS privilege
          FROM pg_class, aclexplode(coalesce(relacl, acldefault('r', relowner)))
          WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'f')
        UNION ALL
        SELECT '', 'TABLE ' || attrelid::regclass, relowner, grantee,
            format('%s (%I)', privilege_type, attname)
          FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid, aclexplode(attacl)
          WHERE relnamespace = 'public'::regnamespace
        UNION ALL
        SELECT '', 'SEQUENCE ' || oid::regclass, relowner, grantee, privilege_type
          FROM pg_class, aclexplode(coalesce(relacl, acldefault('s', relowner)))
          WHERE relnamespace = 'public'::regnamespace AND relkind = 'S'
        UNION ALL
        SELECT '', 'FUNCTION ' || oid::regprocedure, proowner, grantee, privilege_type
          FROM pg_proc, aclexplode(coalesce(proacl, acldefault('f', proowner)))
          WHERE pronamespace = 'public'::regnamespace
        UNION ALL
        SELECT '', 'SCHEMA ' || oid::regnamespace, nspowner, grantee, privilege_type
          FROM pg_namespace, aclexplode(coalesce(nspacl, acldefault('n', nspowner)))
          WHERE nspname = 'public'
        UNION ALL
        SELECT format('ALTER DEFAULT PRIVILEGES FOR ROLE %s%s ', defaclrole::regrole,
              CASE defaclnamespace WHEN 0 THEN '' ELSE ' IN SCHEMA ' || defaclnamespace::regnamespace END),
            CASE defaclobjtype WHEN 'r' THEN 'TABLES' WHEN 'S' THEN 'SEQUENCES'
              WHEN 'f' THEN 'FUNCTIONS' WHEN 'T' THEN 'TYPES' ELSE 'SCHEMAS' END,
            defaclrole, grantee, privilege_type
          FROM pg_default_acl, aclexplode(defaclacl)
      ) AS granted
      -- Nor MAINTAIN, which is of PostgreSQL 17: a project may have 15.
      WHERE grantee <> owner AND privilege <> 'MAINTAIN'
      GROUP BY scope, thing, grantee
    """,
    row ->
      new Privileges(
        row.getString(1),
        row.getString(2),
        row.getString(3),
        List.of((String[]) row.getArray(4).getArray())
      ),
    """
    SELECT doc_type, version,
        format(E'prompt version: %s\\n\\n%s\\n\\n%s', prompt_version, prompt, jsonb_pretty(schema::jsonb))
      FROM "DocTypeSchema"
    """,
    row -> new DocTypeVersion(row.getString(1), row.getInt(2), row.getString(3)),
    "SELECT doc_type, version FROM \"DocTypeSchema\" WHERE active",
    row -> new ActiveVersion(row.getString(1), row.getInt(2)),
    "SELECT key, jsonb_pretty(value), value ->> 'version' FROM \"Settings\"",
    row -> new Setting(row.getString(1), row.getString(2), row.getString(3))
  );

  /**
   * Asks a database.
   *
   * @throws DefinitionFailure.CatalogueUnreadable where it does not answer, or lacks the tables that
   *     doc types and settings are in
   */
  static Catalogue of(DataSource database) {
    var objects = new TreeMap<String, DatabaseObject>();
    try (var connection = database.getConnection()) {
      for (var query : QUERIES.entrySet()) {
        for (var object : query.getValue().all(connection, query.getKey())) {
          objects.put(object.name(), object);
        }
      }
    } catch (SQLException e) {
      throw new DefinitionFailure.CatalogueUnreadable(e);
    }
    return new Catalogue(objects);
  }

  /** What is not the same in another one, which is as the files say; by name. */
  List<Difference> differencesFrom(Catalogue defined) {
    var names = new TreeSet<>(objects.keySet());
    names.addAll(defined.objects.keySet());
    var differences = new ArrayList<Difference>();
    for (var name : names) {
      var was = objects.get(name);
      var is = defined.objects.get(name);
      if (was == null && is != null) {
        differences.add(new Missing(is));
      } else if (is == null && was != null) {
        differences.add(new Surplus(was));
      } else if (is != null && was != null && !was.definition().equals(is.definition())) {
        differences.add(new Changed(was, is));
      }
    }
    return differences;
  }

  /** What a row of a query's answer stands for. */
  private interface Reading {
    DatabaseObject object(ResultSet row) throws SQLException;

    default List<DatabaseObject> all(Connection connection, String query) throws SQLException {
      var objects = new ArrayList<DatabaseObject>();
      try (var statement = connection.createStatement(); var rows = statement.executeQuery(query)) {
        while (rows.next()) {
          objects.add(object(rows));
        }
      }
      return objects;
    }
  }
}
